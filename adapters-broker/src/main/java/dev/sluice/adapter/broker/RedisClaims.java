package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Begins received deliveries: asks Redis, for many at once, which of them may begin.
///
/// A message may come twice, or after its delivery is finished; the state in Redis decides.
final class RedisClaims {

  /// The most deliveries that one claim checks, so that it returns to its caller.
  private static final int MOST_LOOKED_AT = 4_000;

  /// How long to wait at most before checking again a delivery that another worker has begun.
  private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(1);

  private final BrokerClock clock;
  private final Scripts scripts;
  private final Inbox inbox;
  private final DelayedDeliveries delayedDeliveries;
  private final InFlight inFlight;

  /// Deliveries whose lease has expired, until it is decided how they continue.
  private final Queue<InFlight.Held> abandoned = new ConcurrentLinkedQueue<>();

  RedisClaims(
      BrokerClock clock,
      Scripts scripts,
      Inbox inbox,
      DelayedDeliveries delayedDeliveries,
      InFlight inFlight) {
    this.clock = clock;
    this.scripts = scripts;
    this.inbox = inbox;
    this.delayedDeliveries = delayedDeliveries;
    this.inFlight = inFlight;
  }

  /// Claims deliveries of the subscriptions that have a quota, in the order in which RabbitMQ
  /// delivers them: which subscription they are for is not known before.
  List<Claim> claim(WorkerId worker, Quotas quotas, Duration lease) {
    int max = quotas.total();
    inbox.open();
    var allowance = new ClaimAllowance(quotas);
    var claims = new ArrayList<Claim>();
    var left = new ArrayList<ReceivedDelivery>();
    int looked = 0;
    while (claims.size() < max && looked < MOST_LOOKED_AT) {
      List<ReceivedDelivery> receivedDeliveries = inbox.take(max - claims.size());
      if (receivedDeliveries.isEmpty()) {
        break;
      }
      looked += receivedDeliveries.size();
      try {
        List<ReceivedDelivery> covered = covered(receivedDeliveries, allowance, left);
        List<ReceivedDelivery> open = delayedDeliveries.sortOut(covered, allowance);
        claims.addAll(begin(open, new Holder(worker, lease)));
      } catch (RuntimeException e) {
        left.removeAll(receivedDeliveries);
        inbox.returnToFront(receivedDeliveries);
        if (claims.isEmpty()) {
          inbox.returnToFront(left);
          throw e;
        }
        // The caller must know what was begun.
        break;
      }
    }
    inbox.returnToFront(left);
    return claims;
  }

  /// Returns the deliveries that the claim is about.
  ///
  /// @param left receives the others, in their order
  private static List<ReceivedDelivery> covered(
      List<ReceivedDelivery> receivedDeliveries,
      ClaimAllowance allowance,
      List<ReceivedDelivery> left) {
    var covered = new ArrayList<ReceivedDelivery>(receivedDeliveries.size());
    for (ReceivedDelivery one : receivedDeliveries) {
      boolean isLeft = one.message().subscription().filter(allowance::leaves).isPresent();
      (isLeft ? left : covered).add(one);
    }
    return covered;
  }

  private record Holder(WorkerId worker, Duration lease) {}

  private List<Claim> begin(List<ReceivedDelivery> receivedDeliveries, Holder holder) {
    if (receivedDeliveries.isEmpty()) {
      return List.of();
    }
    var claims = new ArrayList<Claim>();
    List<ReceivedDelivery> unknown = begin(receivedDeliveries, holder, claims);
    if (!unknown.isEmpty()) {
      registerAndBegin(unknown, holder, claims);
    }
    return claims;
  }

  private void registerAndBegin(List<ReceivedDelivery> unknown, Holder holder, List<Claim> claims) {
    try {
      // Redis lost them or never knew them: the messages contain all that is needed.
      new RedisRegistration(scripts)
          .register(unknown.stream().map(ReceivedDelivery::message).toList());
      inbox.returnToFront(begin(unknown, holder, claims));
    } catch (StoreUnavailableException e) {
      inbox.returnToFront(unknown);
    }
  }

  /// @return deliveries that Redis does not know
  private List<ReceivedDelivery> begin(
      List<ReceivedDelivery> receivedDeliveries, Holder holder, List<Claim> claims) {
    List<String> answers = ask(receivedDeliveries, holder);
    var unknown = new ArrayList<ReceivedDelivery>();
    var busy = new ArrayList<DelayedDeliveries.Busy>();
    for (int index = 0; index < answers.size(); index++) {
      ReceivedDelivery receivedDelivery = receivedDeliveries.get(index);
      String rest = answers.get(index).substring(1);
      switch (answers.get(index).charAt(0)) {
        case 'S' -> {
          Claim claim = claim(receivedDelivery.message(), DeliveryStateCodec.decode(rest));
          if (inFlight.add(claim, receivedDelivery)) {
            claims.add(claim);
          } else {
            // Another message of the same delivery was faster.
            busy.add(
                new DelayedDeliveries.Busy(
                    receivedDelivery, until(Long.parseLong(Micros.text(LONGEST_WAIT_FOR_OTHERS)))));
          }
        }
        case 'E' -> {
          Claim claim = claim(receivedDelivery.message(), DeliveryStateCodec.decode(rest));
          abandoned.add(new InFlight.Held(claim, receivedDelivery, claim.lease().expiresAt()));
        }
        case 'B' ->
            busy.add(new DelayedDeliveries.Busy(receivedDelivery, until(Long.parseLong(rest))));
        case 'D' -> receivedDelivery.done();
        default -> unknown.add(receivedDelivery);
      }
    }
    waitForOthers(busy);
    return unknown;
  }

  private void waitForOthers(List<DelayedDeliveries.Busy> busy) {
    try {
      delayedDeliveries.waitForOthers(busy);
    } catch (StoreUnavailableException e) {
      // The caller must know what was begun; these are checked again.
      inbox.returnToFront(busy.stream().map(DelayedDeliveries.Busy::receivedDelivery).toList());
    }
  }

  private List<String> ask(List<ReceivedDelivery> receivedDeliveries, Holder holder) {
    var arguments = new ArrayList<String>(2 + 8 * receivedDeliveries.size());
    arguments.add(Micros.text(holder.lease()));
    arguments.add(DeliveryStateCodec.text(holder.worker()));
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      addName(arguments, receivedDelivery.message(), receivedDelivery.isPerhapsBegun());
    }
    try {
      return scripts.run(Scripts.BEGIN, arguments);
    } catch (StoreUnavailableException e) {
      // Redis may have begun them all. It has to repeat that on the next call, so that they do not
      // wait for the end of a lease that no worker knows of.
      receivedDeliveries.forEach(ReceivedDelivery::mayBeBegun);
      throw e;
    }
  }

  /// Adds the arguments by which the script identifies a delivery.
  ///
  /// @param isRepeat whether the same worker asked before and lost the answer
  static void addName(List<String> arguments, DeliveryMessage message, boolean isRepeat) {
    arguments.add(message.event().id().value());
    arguments.add(Long.toString(message.sequence()));
    arguments.add(message.subscriptionText());
    arguments.add(Integer.toString(message.attempts().started()));
    arguments.add(Integer.toString(message.attempts().spent()));
    arguments.add(Integer.toString(message.replays()));
    arguments.add(Micros.text(message.dueAt()));
    arguments.add(isRepeat ? "1" : "");
  }

  /// Returns a time by this node's clock, which need not agree with that of Redis.
  private Instant until(long micros) {
    Duration wait = Duration.of(micros, ChronoUnit.MICROS);
    boolean isLong = wait.compareTo(LONGEST_WAIT_FOR_OTHERS) > 0;
    return clock.local().plus(isLong ? LONGEST_WAIT_FOR_OTHERS : wait);
  }

  private static Claim claim(DeliveryMessage message, DeliveryStateCodec state) {
    return new Claim(
        message.sequence(),
        message.event(),
        message.subscription().orElseThrow(),
        state.attempts(),
        state.lease(),
        // Unknown here, so each claim counts as one after an abandoned attempt.
        true);
  }

  /// Removes and returns deliveries whose lease has expired, up to `limit`.
  List<InFlight.Held> takeAbandoned(int limit) {
    var taken = new ArrayList<InFlight.Held>();
    while (taken.size() < limit) {
      InFlight.Held next = abandoned.poll();
      if (next == null) {
        break;
      }
      if (next.receivedDelivery().isHeld()) {
        taken.add(next);
      }
    }
    return taken;
  }

  /// Adds deliveries again that were taken and could not be settled.
  void requeueAbandoned(List<InFlight.Held> held) {
    abandoned.addAll(held);
  }
}

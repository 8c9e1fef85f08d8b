package dev.sluice.adapter.broker;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Begins deliveries that have come in: asks Redis, for many at once, which of them may be begun.
///
/// A message may come twice, or after its delivery is done with; what Redis remembers tells.
final class Claims {

  /// A claim looks at no more messages, so that it comes back to its caller.
  private static final int MOST_LOOKED_AT = 4_000;

  /// Somebody else is at it; then it is looked at again.
  private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(1);

  private final Broker broker;
  private final Inbox inbox;
  private final Detours detours;
  private final InFlight inFlight;

  /// Deliveries whose worker went silent, until somebody decides what becomes of them.
  private final Queue<InFlight.Held> abandoned = new ConcurrentLinkedQueue<>();

  Claims(Broker broker, Inbox inbox, Detours detours, InFlight inFlight) {
    this.broker = broker;
    this.inbox = inbox;
    this.detours = detours;
    this.inFlight = inFlight;
  }

  /// Begins up to `max` deliveries.
  List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused) {
    inbox.open();
    var claims = new ArrayList<Claim>();
    int looked = 0;
    while (claims.size() < max && looked < MOST_LOOKED_AT) {
      List<Arrival> arrivals = inbox.take(max - claims.size());
      if (arrivals.isEmpty()) {
        break;
      }
      looked += arrivals.size();
      try {
        List<Arrival> open = detours.sortOut(arrivals, paused);
        claims.addAll(begin(open, new Holder(worker, lease)));
      } catch (RuntimeException e) {
        inbox.putBack(arrivals);
        if (claims.isEmpty()) {
          throw e;
        }
        // What was begun must be known to the caller.
        break;
      }
    }
    return claims;
  }

  private record Holder(WorkerId worker, Duration lease) {}

  private List<Claim> begin(List<Arrival> arrivals, Holder holder) {
    if (arrivals.isEmpty()) {
      return List.of();
    }
    var claims = new ArrayList<Claim>();
    List<Arrival> unknown = begin(arrivals, holder, claims);
    if (unknown.isEmpty()) {
      return claims;
    }
    try {
      // Redis lost what it knew, or never heard of them: the messages tell all there is to know.
      new Registration(broker.scripts()).register(unknown.stream().map(Arrival::message).toList());
      inbox.putBack(begin(unknown, holder, claims));
    } catch (StoreUnavailableException e) {
      inbox.putBack(unknown);
    }
    return claims;
  }

  /// @return those of which Redis knows nothing
  private List<Arrival> begin(List<Arrival> arrivals, Holder holder, List<Claim> claims) {
    List<String> answers = ask(arrivals, holder);
    var unknown = new ArrayList<Arrival>();
    var busy = new ArrayList<Detours.Busy>();
    for (int index = 0; index < answers.size(); index++) {
      Arrival arrival = arrivals.get(index);
      String rest = answers.get(index).substring(1);
      switch (answers.get(index).charAt(0)) {
        case 'S' -> {
          Claim claim = claim(arrival.message(), StateText.read(rest));
          if (inFlight.add(claim, arrival)) {
            claims.add(claim);
          } else {
            // Another message of the same delivery was quicker.
            busy.add(
                new Detours.Busy(
                    arrival, until(Long.parseLong(Micros.text(LONGEST_WAIT_FOR_OTHERS)))));
          }
        }
        case 'E' -> {
          Claim claim = claim(arrival.message(), StateText.read(rest));
          abandoned.add(new InFlight.Held(claim, arrival, claim.lease().expiresAt()));
        }
        case 'B' -> busy.add(new Detours.Busy(arrival, until(Long.parseLong(rest))));
        case 'D' -> arrival.done();
        default -> unknown.add(arrival);
      }
    }
    waitForOthers(busy);
    return unknown;
  }

  private void waitForOthers(List<Detours.Busy> busy) {
    try {
      detours.waitForOthers(busy);
    } catch (StoreUnavailableException e) {
      // What was begun must be known to the caller; these are looked at again.
      inbox.putBack(busy.stream().map(Detours.Busy::arrival).toList());
    }
  }

  private List<String> ask(List<Arrival> arrivals, Holder holder) {
    var arguments = new ArrayList<String>(2 + 8 * arrivals.size());
    arguments.add(Micros.text(holder.lease()));
    arguments.add(StateText.text(holder.worker()));
    for (Arrival arrival : arrivals) {
      addName(arguments, arrival.message(), arrival.isPerhapsBegun());
    }
    try {
      return broker.scripts().run(Scripts.BEGIN, arguments);
    } catch (StoreUnavailableException e) {
      // Redis may have begun them all; then it is to say so again, instead of letting them wait for
      // the end of a lease that nobody knows of.
      arrivals.forEach(Arrival::mayBeBegun);
      throw e;
    }
  }

  /// The arguments by which the script knows a delivery.
  ///
  /// @param isRepeat whether the same worker asked before and did not hear the answer
  static void addName(List<String> arguments, DeliveryMessage message, boolean isRepeat) {
    arguments.add(message.event().id().value());
    arguments.add(Long.toString(message.number()));
    arguments.add(message.subscriptionText());
    arguments.add(Integer.toString(message.attempts().started()));
    arguments.add(Integer.toString(message.attempts().spent()));
    arguments.add(Integer.toString(message.replays()));
    arguments.add(Micros.text(message.dueAt()));
    arguments.add(isRepeat ? "1" : "");
  }

  /// By this node's clock, which need not agree with that of Redis.
  private Instant until(long micros) {
    Duration wait = Duration.of(micros, ChronoUnit.MICROS);
    boolean isLong = wait.compareTo(LONGEST_WAIT_FOR_OTHERS) > 0;
    return broker.clock().local().plus(isLong ? LONGEST_WAIT_FOR_OTHERS : wait);
  }

  private static Claim claim(DeliveryMessage message, StateText state) {
    return new Claim(
        message.number(),
        message.event(),
        message.subscription().orElseThrow(),
        state.attempts(),
        state.lease(),
        // It is not known, and all count.
        true);
  }

  /// Takes out deliveries that were found without their worker.
  List<InFlight.Held> takeAbandoned(int limit) {
    var taken = new ArrayList<InFlight.Held>();
    while (taken.size() < limit) {
      InFlight.Held next = abandoned.poll();
      if (next == null) {
        break;
      }
      if (next.arrival().isHeld()) {
        taken.add(next);
      }
    }
    return taken;
  }

  /// Puts them back, undecided.
  void putBackAbandoned(List<InFlight.Held> held) {
    abandoned.addAll(held);
  }
}

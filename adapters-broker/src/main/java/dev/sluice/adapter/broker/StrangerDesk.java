package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.MessageIntake.Fate;
import dev.sluice.domain.port.MessageIntake.Message;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sees to messages that other programs published: their events are stored as if they had been sent
/// to the service, and what is no event goes to the dead letters, with the reason in a header.
///
/// RabbitMQ gives no more of them than a node may have at once.
final class StrangerDesk implements Inbox.Strangers, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(StrangerDesk.class.getName());
  private static final String REASON = "sluice-reason";
  private static final int MOST_TOGETHER = 256;
  private static final int PERSISTENT = 2;

  /// Before what could not be stored is tried again.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Publisher publisher;
  private final Queues queues;
  private final ThreadFactory threads;
  private final LinkedBlockingQueue<Stranger> waiting = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  StrangerDesk(Publisher publisher, Queues queues, ThreadFactory threads) {
    this.publisher = publisher;
    this.queues = queues;
    this.threads = threads;
  }

  @Override
  public void receive(Stranger message) {
    waiting.add(message);
  }

  /// Begins to see to them.
  void open(MessageIntake intake) {
    Thread started = threads.newThread(() -> loop(intake));
    thread = started;
    started.start();
  }

  private void loop(MessageIntake intake) {
    try {
      while (true) {
        List<Stranger> together = new ArrayList<>(List.of(waiting.take()));
        waiting.drainTo(together, MOST_TOGETHER - 1);
        List<Stranger> left = see(intake, together.stream().filter(Stranger::isHeld).toList());
        if (!left.isEmpty()) {
          waiting.addAll(left);
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Stores them or puts them to the dead letters.
  ///
  /// @return those to be tried again
  private List<Stranger> see(MessageIntake intake, List<Stranger> strangers) {
    var left = new ArrayList<>(strangers);
    try {
      List<Fate> fates = intake.take(strangers.stream().map(StrangerDesk::message).toList());
      for (int index = 0; index < fates.size(); index++) {
        Stranger stranger = strangers.get(index);
        switch (fates.get(index)) {
          case Fate.Taken() -> {
            stranger.done();
            left.remove(stranger);
          }
          case Fate.Refused(String reason) -> {
            bury(stranger, reason);
            left.remove(stranger);
          }
          case Fate.Later() -> {
            postpone(stranger);
            left.remove(stranger);
          }
        }
      }
    } catch (StoreUnavailableException e) {
      LOG.log(
          Level.WARNING,
          "messages of other programs cannot be stored, trying again: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "messages of other programs cannot be stored, trying again", e);
    }
    return left;
  }

  private static Message message(Stranger stranger) {
    BasicProperties properties = stranger.properties();
    return new Message(
        stranger.body(),
        Optional.ofNullable(properties.getMessageId()),
        Optional.ofNullable(properties.getContentType()),
        CloudEventProperties.attributes(properties));
  }

  /// Puts a message to the dead letters.
  void bury(Stranger stranger, String reason) {
    Map<String, Object> headers = CloudEventProperties.headers(stranger.properties());
    headers.put(REASON, reason);
    BasicProperties dead = copy(stranger).headers(headers).build();
    publisher.publishAll(List.of(new Outgoing(queues.dead(), dead, stranger.body())));
    stranger.done();
    LOG.log(
        Level.WARNING,
        "a message in {0} is no event and was put into {1}: {2}",
        queues.ingest(),
        queues.dead(),
        reason);
  }

  /// There is no room for its event. Kept here, it would keep deliveries out whose end makes room.
  private void postpone(Stranger stranger) {
    String queue = queues.stepFor(PAUSE).map(queues::delay).orElseGet(queues::ingest);
    publisher.publishAll(List.of(new Outgoing(queue, copy(stranger).build(), stranger.body())));
    stranger.done();
  }

  /// Only what says what it is: who sent it, when it expires and to whom else it goes is a matter
  /// between its sender and RabbitMQ, which would refuse or drop the copy for it.
  private static BasicProperties.Builder copy(Stranger stranger) {
    BasicProperties properties = stranger.properties();
    return new BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .messageId(properties.getMessageId())
        .type(properties.getType())
        .contentType(properties.getContentType())
        .headers(CloudEventProperties.headers(properties));
  }

  /// Ends the thread; what it has not seen to goes back.
  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

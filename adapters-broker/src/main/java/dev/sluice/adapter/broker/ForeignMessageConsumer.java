package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.codec.CloudEventProperties;
import dev.sluice.adapter.broker.connection.ForeignMessage;
import dev.sluice.adapter.broker.connection.ForeignMessages;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.MessageIntake.Message;
import dev.sluice.domain.port.MessageIntake.Result;
import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Processes messages that other programs published: stores their events as if they had been sent
/// to the service, and moves messages that are not events to the dead letters, with the reason in a
/// header.
///
/// The prefetch limits how many of them a node has at once.
final class ForeignMessageConsumer implements ForeignMessages, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ForeignMessageConsumer.class.getName());
  private static final String REASON = "sluice-reason";
  private static final int MOST_TOGETHER = 256;
  private static final int PERSISTENT = 2;

  /// The reason is a header, which must fit into a frame.
  private static final int LONGEST_REASON = 1_000;

  /// The wait before messages that could not be stored are retried.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Publisher publisher;
  private final Queues queues;
  private final ThreadFactory threads;
  private final LinkedBlockingQueue<ForeignMessage> waiting = new LinkedBlockingQueue<>();
  private final RareWarning outage = new RareWarning();
  private final RareWarning unreadable = new RareWarning();
  private final RareWarning unplaced = new RareWarning();
  private final RareWarning refused = new RareWarning();
  private final AtomicLong buried = new AtomicLong();
  private @Nullable Thread thread;

  ForeignMessageConsumer(Publisher publisher, Queues queues, ThreadFactory threads) {
    this.publisher = publisher;
    this.queues = queues;
    this.threads = threads;
  }

  @Override
  public void receive(ForeignMessage message) {
    waiting.add(message);
  }

  /// Starts the thread that processes messages.
  void open(MessageIntake intake) {
    Thread started = threads.newThread(() -> loop(intake));
    thread = started;
    started.start();
  }

  private void loop(MessageIntake intake) {
    try {
      while (true) {
        List<ForeignMessage> together = new ArrayList<>(List.of(waiting.take()));
        waiting.drainTo(together, MOST_TOGETHER - 1);
        List<ForeignMessage> left =
            see(intake, together.stream().filter(ForeignMessage::isHeld).toList());
        if (!left.isEmpty()) {
          waiting.addAll(left);
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Stores messages or moves them to the dead letters. Stored messages are acknowledged first:
  /// whatever goes wrong with another one, RabbitMQ must not deliver them again.
  ///
  /// @return the messages to retry
  private List<ForeignMessage> see(MessageIntake intake, List<ForeignMessage> foreignMessages) {
    List<Optional<Result>> results = results(intake, foreignMessages);
    var left = new ArrayList<ForeignMessage>();
    for (int index = 0; index < foreignMessages.size(); index++) {
      if (results.get(index).filter(Result.Taken.class::isInstance).isPresent()) {
        foreignMessages.get(index).done();
      }
    }
    for (int index = 0; index < foreignMessages.size(); index++) {
      ForeignMessage foreignMessage = foreignMessages.get(index);
      if (!results.get(index).map(result -> isSettled(foreignMessage, result)).orElse(false)) {
        left.add(foreignMessage);
      }
    }
    return left;
  }

  /// Returns the outcome of each message; empty for those that could not be stored now.
  private List<Optional<Result>> results(
      MessageIntake intake, List<ForeignMessage> foreignMessages) {
    try {
      return intake
          .take(foreignMessages.stream().map(ForeignMessageConsumer::message).toList())
          .stream()
          .map(Optional::of)
          .toList();
    } catch (PortException e) {
      LOG.log(
          outage.level(), "cannot store messages of other programs, retrying: " + e.getMessage());
      return foreignMessages.stream().map(_ -> Optional.<Result>empty()).toList();
    } catch (RuntimeException | StackOverflowError e) {
      return resultsOneByOne(intake, foreignMessages, e);
    }
  }

  /// Tries messages one by one after the intake failed, so that only the faulty one fails.
  private List<Optional<Result>> resultsOneByOne(
      MessageIntake intake, List<ForeignMessage> foreignMessages, Throwable failure) {
    if (foreignMessages.size() == 1) {
      LOG.log(unreadable.level(), "a message of another program cannot be read", failure);
      return List.of(Optional.of(new Result.Refused("it cannot be read: " + failure)));
    }
    return foreignMessages.stream()
        .flatMap(foreignMessage -> results(intake, List.of(foreignMessage)).stream())
        .toList();
  }

  /// Returns whether the message needs no further try. A message that cannot be moved to the dead
  /// letters waits in a delay queue: here it would take the place of a delivery.
  private boolean isSettled(ForeignMessage foreignMessage, Result result) {
    try {
      switch (result) {
        case Result.Taken() -> {}
        case Result.Refused(String reason) -> bury(foreignMessage, reason);
        case Result.Later() -> postpone(foreignMessage);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.log(
          unplaced.level(),
          "cannot move a message of another program to a queue, retrying: " + e.getMessage());
      return result instanceof Result.Refused && isPostponed(foreignMessage);
    }
  }

  private boolean isPostponed(ForeignMessage foreignMessage) {
    try {
      postpone(foreignMessage);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "cannot move it to a delay queue either", e);
      return false;
    }
  }

  private static Message message(ForeignMessage foreignMessage) {
    BasicProperties properties = foreignMessage.properties();
    return new Message(
        foreignMessage.body(),
        Optional.ofNullable(properties.getMessageId()),
        Optional.ofNullable(properties.getContentType()),
        CloudEventProperties.attributes(properties));
  }

  /// Moves a message to the dead letters.
  void bury(ForeignMessage foreignMessage, String reason) {
    Map<String, Object> headers = CloudEventProperties.headers(foreignMessage.properties());
    String text = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    headers.put(REASON, text);
    BasicProperties dead = copy(foreignMessage).headers(headers).build();
    publisher.publishAll(List.of(new OutboundMessage(queues.dead(), dead, foreignMessage.body())));
    foreignMessage.done();
    buried.incrementAndGet();
    LOG.log(
        refused.level(),
        "moved a message from {0} to {1}, because it is not an event: {2}",
        queues.ingest(),
        queues.dead(),
        text);
  }

  /// Returns how many messages were moved to the dead letters since the start.
  long buried() {
    return buried.get();
  }

  /// Moves a message to a delay queue, because there is no room for its event. Kept here, it would
  /// keep out deliveries whose completion makes room.
  private void postpone(ForeignMessage foreignMessage) {
    String queue = queues.stepFor(PAUSE).map(queues::delay).orElseGet(queues::ingest);
    publisher.publishAll(
        List.of(new OutboundMessage(queue, copy(foreignMessage).build(), foreignMessage.body())));
    foreignMessage.done();
  }

  /// Copies the identifying properties only. With the user, expiry or further recipients of the
  /// original, RabbitMQ would refuse or drop the copy.
  private static BasicProperties.Builder copy(ForeignMessage foreignMessage) {
    BasicProperties properties = foreignMessage.properties();
    return new BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .messageId(properties.getMessageId())
        .type(properties.getType())
        .contentType(properties.getContentType())
        .headers(CloudEventProperties.headers(properties));
  }

  /// Ends the thread; RabbitMQ requeues the messages that are not processed.
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

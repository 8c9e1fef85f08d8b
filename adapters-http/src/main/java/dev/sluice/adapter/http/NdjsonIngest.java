package dev.sluice.adapter.http;

import dev.sluice.application.intake.IngestEvents;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/// Takes a stream of events in, one JSON object a line, group by group: at no time are more than
/// [#GROUP] events of it in memory.
///
/// Between groups it makes way. A stream keeps its thread busy for as long as bytes arrive, and
/// virtual threads are not interrupted by each other: without a pause a few streams would keep the
/// workers from working.
final class NdjsonIngest {

  private static final int GROUP = 256;
  private static final long MAX_GROUP_BYTES = 4 << 20;

  /// From here on streams are read more slowly the fuller the backlog is, so that most of them end
  /// before it is full.
  private static final double SLOW_FROM = 0.5;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final IngestEvents intake;
  private final HttpSettings.Limits limits;
  private final HttpMetrics metrics;
  private final DoubleSupplier backlogFullness;

  /// @param backlogFullness from 0 to 1
  NdjsonIngest(
      IngestEvents intake,
      HttpSettings.Limits limits,
      HttpMetrics metrics,
      DoubleSupplier backlogFullness) {
    this.intake = intake;
    this.limits = limits;
    this.metrics = metrics;
    this.backlogFullness = backlogFullness;
  }

  void run(Exchange exchange, InputStream body) throws IOException {
    try (var answer = new BatchAnswer(metrics)) {
      var lines = new Lines(body, limits.maxPayloadBytes(), limits.maxStreamBytes());
      List<ReadEvent> group = nextGroup(exchange, lines);
      while (!group.isEmpty() && !answer.isRefusing()) {
        answer.take(exchange.caller().permitted(group), intake);
        makeWay();
        group = nextGroup(exchange, lines);
      }
      if (!group.isEmpty()) {
        answer.cutShort();
        skipRest(exchange, lines);
      }
      exchange.now(ConnectionWatch.Phase.WORKING);
      answer.send(exchange);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but fairness.
  private void makeWay() {
    double over = (backlogFullness.getAsDouble() - SLOW_FROM) / (1 - SLOW_FROM);
    if (over > 0) {
      LockSupport.parkNanos((long) (over * LONGEST_PAUSE.toNanos()));
    } else {
      Thread.yield();
    }
  }

  /// What follows would be refused too, so it is read and let go: most clients do not listen before
  /// they have sent all.
  private static void skipRest(Exchange exchange, Lines lines) {
    try {
      while (lines.skip()) {
        exchange.progress();
      }
    } catch (IOException | RuntimeException e) {
      throw RequestBodies.readFailure(exchange, e);
    }
  }

  private List<ReadEvent> nextGroup(Exchange exchange, Lines lines) {
    TraceContext trace = TraceContext.of(exchange);
    var group = new ArrayList<ReadEvent>();
    long bytes = 0;
    while (group.size() < GROUP && bytes < MAX_GROUP_BYTES && hasNext(exchange, lines)) {
      bytes += lines.length();
      group.add(readLine(lines, trace));
    }
    exchange.progress();
    return group;
  }

  private static boolean hasNext(Exchange exchange, Lines lines) {
    try {
      return lines.next();
    } catch (IOException | RuntimeException e) {
      throw RequestBodies.readFailure(exchange, e);
    }
  }

  private ReadEvent readLine(Lines lines, TraceContext trace) {
    if (lines.isTooLong()) {
      return ListReader.tooLarge(limits);
    }
    try {
      return EventReader.readDocument(lines.bytes(), trace);
    } catch (MalformedJsonException e) {
      return malformed(e);
    }
  }

  private static ReadEvent malformed(MalformedJsonException e) {
    return new ReadEvent.Invalid(
        List.of(new FieldProblem("", "not valid JSON: " + e.getMessage())));
  }
}

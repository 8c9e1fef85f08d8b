package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.application.intake.IngestEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Takes a stream of events in, one JSON object a line, group by group: at no time are more than
/// [#GROUP] events of it in memory.
final class NdjsonIngest {

  private static final int GROUP = 512;
  private static final long MAX_GROUP_BYTES = 4 << 20;

  private final IngestEvents intake;
  private final HttpSettings.Limits limits;
  private final HttpMetrics metrics;

  NdjsonIngest(IngestEvents intake, HttpSettings.Limits limits, HttpMetrics metrics) {
    this.intake = intake;
    this.limits = limits;
    this.metrics = metrics;
  }

  void run(Exchange exchange, InputStream body) throws IOException {
    try (var answer = new BatchAnswer(metrics)) {
      var lines = new Lines(body, limits.maxPayloadBytes(), limits.maxStreamBytes());
      List<ReadEvent> group = nextGroup(exchange, lines);
      while (!group.isEmpty()) {
        answer.take(group, intake);
        if (answer.isRefusing()) {
          // What follows would be refused too; the client learns it sooner this way.
          exchange.closeAfterwards();
          break;
        }
        group = nextGroup(exchange, lines);
      }
      exchange.now(ConnectionWatch.Phase.WORKING);
      answer.send(exchange);
    }
  }

  private List<ReadEvent> nextGroup(Exchange exchange, Lines lines) throws IOException {
    var group = new ArrayList<ReadEvent>();
    long bytes = 0;
    while (group.size() < GROUP && bytes < MAX_GROUP_BYTES && hasNext(exchange, lines)) {
      bytes += lines.length();
      group.add(readLine(lines));
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

  private ReadEvent readLine(Lines lines) throws IOException {
    if (lines.isTooLong()) {
      return ListReader.tooLarge(limits);
    }
    try {
      return EventReader.readDocument(lines.bytes());
    } catch (JsonProcessingException e) {
      return malformed(MalformedJsonException.of(e));
    } catch (MalformedJsonException e) {
      return malformed(e);
    }
  }

  private static ReadEvent malformed(MalformedJsonException e) {
    return new ReadEvent.Invalid(
        List.of(new FieldProblem("", "not valid JSON: " + e.getMessage())));
  }
}

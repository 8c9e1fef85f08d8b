package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.codec.StatusLetters;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ExistingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads stored events without their payloads, and adds digests that were computed later.
final class Existing {

  /// Id, sequence, letter of the status, digest, and the beginning of the text.
  private static final int FIELDS = 5;

  /// Bounded, because Redis does nothing else while a script runs.
  private static final int IDS_AT_ONCE = 256;

  private final Scripts scripts;

  Existing(Scripts scripts) {
    this.scripts = scripts;
  }

  /// Returns the stored events among these ids.
  List<ExistingEvent> of(List<EventId> ids) {
    List<String> distinct = ids.stream().map(EventId::value).distinct().toList();
    var existing = new ArrayList<ExistingEvent>();
    for (int from = 0; from < distinct.size(); from += IDS_AT_ONCE) {
      List<String> some = distinct.subList(from, Math.min(distinct.size(), from + IDS_AT_ONCE));
      List<String> answers = scripts.run(Scripts.EXISTING, some);
      for (int field = 0; field + FIELDS <= answers.size(); field += FIELDS) {
        existing.add(read(answers.subList(field, field + FIELDS)));
      }
    }
    return existing;
  }

  private static ExistingEvent read(List<String> answer) {
    return new ExistingEvent(
        new EventId(answer.getFirst()),
        Long.parseLong(answer.get(1)),
        receivedAt(answer.get(4)),
        StatusLetters.status(answer.get(2)),
        digest(answer.get(3)));
  }

  /// Returns 1970 for a damaged text, which must not hide the event.
  private static Instant receivedAt(String text) {
    try {
      return EventCodec.receivedAt(text);
    } catch (RuntimeException e) {
      return Instant.EPOCH;
    }
  }

  private static Optional<ContentDigest> digest(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new ContentDigest(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Stores the digests of events that exist.
  void keepDigests(List<ExistingEvent> events) {
    var arguments = new ArrayList<String>(3 * events.size());
    for (ExistingEvent event : events) {
      arguments.add(event.id().value());
      arguments.add(Long.toString(event.sequence()));
      arguments.add(event.digest().map(ContentDigest::value).orElse(""));
    }
    scripts.send(Scripts.DIGEST, arguments);
  }
}

package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads pages of events, newest first, through the index that should leave the fewest to look at;
/// each event that it leaves is looked at.
///
/// An event with several deliveries appears under the status of each: looking at the event settles
/// it.
final class Listing {

  /// So many candidates are read at a time.
  private static final int CANDIDATES = 512;

  /// Fewer events of a status than this are sooner looked through than all events of a type.
  private static final long FEW = 20_000;

  /// Looks take about ten microseconds each, and others wait for the same few connections.
  private static final int MAX_LOOKS = 20_000;

  private final EventFilter filter;
  private final Spans spans;
  private final List<Source> sources;
  private final int maxLooks;

  /// @param counts tells which index leaves fewer events
  Listing(EventFilter filter, Spans spans, Counts counts) {
    this(filter, spans, counts, MAX_LOOKS);
  }

  /// @param maxLooks a page ends when so many candidates were looked at
  Listing(EventFilter filter, Spans spans, Counts counts, int maxLooks) {
    this.filter = filter;
    this.spans = spans;
    this.maxLooks = maxLooks;
    this.sources = sources(filter, counts);
  }

  /// Numbers of events in falling order, from an index.
  ///
  /// @param sql its last two parameters are the number to stay below and the limit
  /// @param value the first parameter, if there are three
  private record Source(String sql, Optional<Object> value) {

    List<Long> below(Statements statements, long seq, int limit) throws SQLException {
      PreparedStatement select = statements.of(sql);
      int first = 1;
      if (value.isPresent()) {
        select.setObject(first++, value.get());
      }
      select.setLong(first, seq);
      select.setInt(first + 1, limit);
      var seqs = new ArrayList<Long>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          seqs.add(row.getLong(1));
        }
      }
      return seqs;
    }
  }

  /// Makes an item of an event that is on the page.
  interface Take<T> {
    T item(long seq) throws SQLException;
  }

  /// Tells how much text an item carries.
  interface Size<T> {
    int of(T item);
  }

  /// Candidates in falling order.
  ///
  /// @param end every candidate with a number from here on is among them; 0 when there are no more
  private record Candidates(Collection<Long> seqs, long end) {}

  <T> Page<T> page(Statements statements, PageRequest request, Take<T> take, Size<T> size)
      throws SQLException {
    var reads = new EventReads(statements);
    var items = new ArrayList<T>();
    long characters = 0;
    long last = 0;
    long position = request.after().position();
    int looks = 0;
    while (position > 0) {
      if (looks >= maxLooks) {
        return new Page<>(items, new Cursor(position));
      }
      Candidates candidates = below(statements, position);
      for (long seq : candidates.seqs()) {
        if (seq >= position) {
          continue;
        }
        position = mayFit(seq) ? seq : Spans.firstOfRun(seq);
        looks++;
        if (position < seq || !isChosen(statements, reads, seq)) {
          continue;
        }
        if (items.size() == request.limit() || characters >= PageRequest.MAX_PAYLOAD_CHARACTERS) {
          return new Page<>(items, new Cursor(last));
        }
        T item = take.item(seq);
        items.add(item);
        characters += size.of(item);
        last = seq;
      }
      position = Math.min(position, candidates.end());
    }
    return new Page<>(items, Cursor.END);
  }

  private boolean mayFit(long seq) {
    return spans.mayHold(seq, filter.occurredFrom(), filter.occurredTo());
  }

  private Candidates below(Statements statements, long position) throws SQLException {
    NavigableSet<Long> seqs = new TreeSet<>();
    long end = 0;
    for (Source source : sources) {
      List<Long> found = source.below(statements, position, CANDIDATES);
      seqs.addAll(found);
      if (found.size() == CANDIDATES) {
        end = Math.max(end, found.getLast());
      }
    }
    return new Candidates(seqs.tailSet(end, true).descendingSet(), end);
  }

  private boolean isChosen(Statements statements, EventReads reads, long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.HEAD_BY_SEQ);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next() || !fits(row)) {
        return false;
      }
    }
    return filter.statuses().isEmpty() || filter.statuses().contains(reads.status(seq));
  }

  private boolean fits(ResultSet row) throws SQLException {
    Instant occurredAt = Instant.ofEpochMilli(row.getLong("occurred_at"));
    String key = row.getString("event_key");
    return (filter.types().isEmpty()
            || filter.types().contains(new EventType(row.getString("type"))))
        && (filter.keys().isEmpty() || (key != null && filter.keys().contains(key)))
        && !occurredAt.isBefore(filter.occurredFrom())
        && !occurredAt.isAfter(filter.occurredTo());
  }

  private static List<Source> sources(EventFilter filter, Counts counts) {
    if (!filter.keys().isEmpty()) {
      return sourcesOf(EventSql.SEQS_OF_KEY, filter.keys());
    }
    boolean isStatusRare =
        !filter.statuses().isEmpty()
            && filter.statuses().stream().mapToLong(counts::of).sum() < FEW;
    if (!filter.types().isEmpty() && !isStatusRare) {
      return sourcesOf(
          EventSql.SEQS_OF_TYPE, filter.types().stream().map(EventType::value).toList());
    }
    return filter.statuses().isEmpty()
        ? List.of(new Source(EventSql.SEQS, Optional.empty()))
        : sourcesOf(filter.statuses());
  }

  private static List<Source> sourcesOf(String sql, Collection<String> values) {
    return values.stream().map(value -> new Source(sql, Optional.of(value))).toList();
  }

  private static List<Source> sourcesOf(Set<EventStatus> statuses) {
    return statuses.stream()
        .map(
            status ->
                new Source(
                    status.isFinished() ? EventSql.SEQS_OF_FINISHED : EventSql.SEQS_OF_LIVE,
                    Optional.of(StatusCode.of(status))))
        .toList();
  }
}

package dev.sluice.adapter.jdbc;

import static java.util.Collections.disjoint;

import dev.sluice.domain.delivery.DeliverySnapshot;
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
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Reads pages of events, newest first, through the index that should yield the fewest candidates;
/// each candidate is checked, many at a time.
///
/// The indexes by status have an entry for each delivery, so an event may be a candidate under
/// several statuses; it is taken once.
public final class Listing {

  /// Candidates per batch: more when the first ones did not fill the page.
  private static final int FEWEST_CANDIDATES = 64;

  private static final int MOST_CANDIDATES = 2_048;

  /// A status with fewer events than this is faster to scan than all events of a type.
  private static final long FEW = 20_000;

  /// Bounds the candidates of a page, because other requests wait for the same few connections.
  private static final int MAX_LOOKS = 20_000;

  private final EventFilter filter;
  private final TimeRangeIndex timeRangeIndex;
  private final List<Source> sources;

  /// Whether candidates come from an index by status, so that each has a delivery in one of the
  /// statuses.
  private final boolean isByStatus;

  private final int maxLooks;

  /// @param counts decide which index yields fewer events
  public Listing(EventFilter filter, TimeRangeIndex timeRangeIndex, Counts counts) {
    this(filter, timeRangeIndex, counts, MAX_LOOKS);
  }

  /// @param maxLooks a page ends after this many candidates
  public Listing(EventFilter filter, TimeRangeIndex timeRangeIndex, Counts counts, int maxLooks) {
    this.filter = filter;
    this.timeRangeIndex = timeRangeIndex;
    this.maxLooks = maxLooks;
    this.isByStatus = isByStatus(filter, counts);
    this.sources = isByStatus ? sourcesOf(filter.statuses()) : sources(filter);
  }

  /// Sequences of events in descending order, from an index.
  ///
  /// @param sql its last two parameters are the sequence to stay below and the limit
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

  /// Candidates in descending order.
  ///
  /// @param end every candidate from this sequence on is included; 0 when there are no more
  private record Candidates(List<Long> seqs, long end) {}

  /// Returns the sequences of the events on a page.
  ///
  /// @param mostBytes the page ends when its payloads reach this size
  public Page<Long> page(Statements statements, PageRequest request, long mostBytes)
      throws SQLException {
    return page(statements, request.after(), request.limit(), mostBytes);
  }

  /// Returns the sequences on a page of any length, which is never longer than the candidates
  /// checked.
  public Page<Long> page(Statements statements, Cursor after, int limit, long mostBytes)
      throws SQLException {
    var reads = new EventBatchReads(statements);
    var page = new ArrayList<Long>();
    long bytes = 0;
    int looks = 0;
    var search = new TextSearch(filter.text());
    int share =
        search.isOpen()
            ? Math.min(MOST_CANDIDATES, Math.max(FEWEST_CANDIDATES, limit + 1))
            : FEWEST_CANDIDATES;
    long position = startBelow(statements, after.position());
    while (position > 0) {
      if (looks >= maxLooks || search.isEnough()) {
        return new Page<>(page, new Cursor(position));
      }
      Candidates candidates = below(statements, position, share);
      looks += candidates.seqs().size();
      for (EventBatchReads.Head head : chosen(reads, candidates.seqs(), search)) {
        if (page.size() == limit || bytes >= mostBytes) {
          return new Page<>(page, new Cursor(page.getLast()));
        }
        page.add(head.seq());
        bytes += head.bytes();
      }
      share = search.nextShare(Math.min(MOST_CANDIDATES, share * 4));
      position = startBelow(statements, candidates.end());
    }
    return new Page<>(page, Cursor.END);
  }

  /// Skips sequences that cannot belong to the requested time.
  private long startBelow(Statements statements, long position) throws SQLException {
    boolean isAnyTime =
        filter.occurredFrom().equals(Instant.MIN) && filter.occurredTo().equals(Instant.MAX);
    return position == 0 || isAnyTime
        ? position
        : timeRangeIndex.firstBelow(
            statements, position, filter.occurredFrom(), filter.occurredTo());
  }

  private List<EventBatchReads.Head> chosen(
      EventBatchReads reads, List<Long> seqs, TextSearch search) throws SQLException {
    List<EventBatchReads.Head> heads = reads.heads(seqs, filter);
    if (filter.asksForMoreThanStatus() && !heads.isEmpty()) {
      Map<Long, List<DeliverySnapshot>> deliveries = reads.deliveries(seqsOf(heads));
      heads =
          only(
              heads,
              head -> filter.acceptsDeliveries(deliveries.getOrDefault(head.seq(), List.of())));
    } else if (filter.asksForDeliveries() && !isByStatus && !heads.isEmpty()) {
      Map<Long, Set<EventStatus>> statuses = reads.statuses(seqsOf(heads));
      heads = only(heads, head -> !disjoint(filter.statuses(), statuses.get(head.seq())));
    }
    return search.in(reads, heads);
  }

  private static List<EventBatchReads.Head> only(
      List<EventBatchReads.Head> heads, Predicate<EventBatchReads.Head> condition) {
    return heads.stream().filter(condition).toList();
  }

  private static List<Long> seqsOf(List<EventBatchReads.Head> heads) {
    return heads.stream().map(EventBatchReads.Head::seq).toList();
  }

  private Candidates below(Statements statements, long position, int limit) throws SQLException {
    NavigableSet<Long> seqs = new TreeSet<>();
    long end = 0;
    for (Source source : sources) {
      List<Long> found = source.below(statements, position, limit);
      seqs.addAll(found);
      if (found.size() == limit) {
        end = Math.max(end, found.getLast());
      }
    }
    return new Candidates(List.copyOf(seqs.tailSet(end, true).descendingSet()), end);
  }

  private static boolean isByStatus(EventFilter filter, Counts counts) {
    return !filter.statuses().isEmpty()
        && filter.keys().isEmpty()
        && filter.errors().isEmpty()
        && (filter.types().isEmpty() || areRare(filter.statuses(), counts));
  }

  /// Returns the sources of a filter whose candidates do not come from an index by status.
  private static List<Source> sources(EventFilter filter) {
    if (!filter.keys().isEmpty()) {
      return sourcesOf(EventSql.SEQS_OF_KEY, filter.keys());
    }
    if (!filter.errors().isEmpty()) {
      return filter.errors().stream()
          .map(error -> new Source(EventSql.SEQS_OF_ERROR, Optional.of(error.value())))
          .toList();
    }
    return filter.types().isEmpty()
        ? List.of(new Source(EventSql.SEQS, Optional.empty()))
        : sourcesOf(EventSql.SEQS_OF_TYPE, filter.types().stream().map(EventType::value).toList());
  }

  private static List<Source> sourcesOf(String sql, Collection<String> values) {
    return values.stream().map(value -> new Source(sql, Optional.of(value))).toList();
  }

  private static boolean areRare(Set<EventStatus> statuses, Counts counts) {
    return statuses.stream().mapToLong(counts::listed).sum() < FEW;
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

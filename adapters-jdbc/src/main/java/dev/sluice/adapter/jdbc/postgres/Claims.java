package dev.sluice.adapter.jdbc.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.ClaimSql;
import dev.sluice.domain.claim.ClaimShares;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// Claims deliveries, many with one statement.
final class Claims {

  private static final System.Logger LOG = System.getLogger(Claims.class.getName());

  /// A claim ends when its payloads reach this size, so that large ones cannot fill the memory.
  static final int MOST_BYTES = 16 << 20;

  /// Searches of one claim; the next one continues.
  private static final int MAX_SEARCHES = 8;

  /// Who claims, how much at most, and for how long.
  record Request(WorkerId worker, Quotas quotas, Duration duration) {

    private Lease leaseFrom(Instant now) {
      return Lease.of(worker, now, duration);
    }
  }

  private final DatabaseClock clock;
  private final WorkTurns turns;
  private final HeldDeliveries heldDeliveries;
  private final PriorityOrder order;
  private final ClaimFloors floors = new ClaimFloors();

  Claims(DatabaseClock clock, WorkTurns turns, HeldDeliveries heldDeliveries, PriorityOrder order) {
    this.order = order;
    this.clock = clock;
    this.turns = turns;
    this.heldDeliveries = heldDeliveries;
  }

  /// Claims deliveries of subscriptions without a limit on leases. What one leaves of its share is
  /// claimed for the others by a further search; when that fails, the claims made so far are
  /// returned, because no one else knows of them.
  ///
  /// @param inTurn those that may have due deliveries
  List<Claim> claim(Statements statements, Request request, List<SubscriptionName> inTurn)
      throws SQLException {
    var search = new Search(request, new RemainingQuotas(request.quotas()), inTurn);
    while (!search.next.isEmpty()) {
      try {
        search(statements, search);
      } catch (SQLException e) {
        if (search.claims.isEmpty()) {
          throw e;
        }
        LOG.log(Level.WARNING, "cannot claim more deliveries, working on those claimed so far", e);
        break;
      }
    }
    return search.claims;
  }

  /// The same for subscriptions of which some have a limit. Runs in a transaction, which makes
  /// counting and claiming one step.
  List<Claim> claimLimited(Statements statements, Request request, List<SubscriptionName> inTurn)
      throws SQLException {
    var rest = new RemainingQuotas(request.quotas());
    new LeaseLimits(statements, turns).apply(rest, LeaseLimits.limited(rest, inTurn));
    var search = new Search(request, rest, inTurn);
    while (!search.next.isEmpty()) {
      search(statements, search);
    }
    return search.claims;
  }

  /// The searches of one claim.
  private final class Search {
    private final Request request;
    private final RemainingQuotas rest;

    /// The subscriptions that the claim began with. One that appears later may have a limit, for
    /// which nothing was counted.
    private final List<SubscriptionName> all;

    private final List<Claim> claims = new ArrayList<>();
    private List<SubscriptionName> next;
    private int searches;
    private boolean isCut;
    private long bytesLeft = MOST_BYTES;

    Search(Request request, RemainingQuotas rest, List<SubscriptionName> inTurn) {
      this.request = request;
      this.rest = rest;
      this.all = inTurn;
      this.next = inTurn;
    }

    private List<SubscriptionName> stillDue() {
      return turns.due(rest).stream().filter(all::contains).toList();
    }

    void took(Found found, List<Claim> intact) {
      found.held.forEach(one -> rest.took(one.subscription()));
      claims.addAll(intact);
      intact.forEach(claim -> bytesLeft -= claim.event().length());
      isCut |= found.isCut;
    }

    boolean isFull() {
      return isCut || bytesLeft <= 0;
    }

    /// Decides whether to search further.
    ///
    /// @param full the subscriptions that may have more
    void ended(List<SubscriptionName> full) {
      searches++;
      List<SubscriptionName> more = claims.isEmpty() ? stillDue() : full;
      next = isFull() || searches == MAX_SEARCHES ? List.of() : more;
    }
  }

  private void search(Statements statements, Search search) throws SQLException {
    List<ClaimPart> parts = parts(search.rest, search.next, this::part);
    // Nothing more of it, unless the statement succeeds.
    search.next = List.of();
    if (parts.isEmpty()) {
      return;
    }
    var held = new ArrayList<HeldDelivery>();
    for (var some : bySql(parts).entrySet()) {
      if (!search.isFull()) {
        Found found = take(statements, some.getKey(), some.getValue(), search);
        some.getValue().forEach(part -> note(part, found));
        held.addAll(found.held);
      }
    }
    held.forEach(one -> turns.served(one.subscription()));
    search.ended(full(parts, held));
  }

  /// Returns the parts by the statement that claims them: it costs more to rank deliveries. The one
  /// whose turn is first comes first, so that large events of the others cannot take all bytes.
  private Map<String, List<ClaimPart>> bySql(List<ClaimPart> parts) {
    return parts.stream()
        .collect(
            groupingBy(
                part ->
                    turns.mayHavePrioritized(part.subscription())
                        ? ClaimSql.CLAIM_BY_RANK
                        : ClaimSql.CLAIM,
                LinkedHashMap::new,
                toList()));
  }

  private Found take(Statements statements, String sql, List<ClaimPart> parts, Search search)
      throws SQLException {
    Found found = found(statements, sql, parts, search.request, search.bytesLeft);
    search.took(found, heldDeliveries.intact(statements, found.held));
    return found;
  }

  /// Returns the earliest due time of the deliveries that the next claim searches.
  long beginsAt(SubscriptionName subscription) {
    return floors.of(subscription).get();
  }

  /// Returns the subscriptions of which a search found as many deliveries as it wanted: they may
  /// have more.
  private static List<SubscriptionName> full(List<ClaimPart> parts, List<HeldDelivery> held) {
    return parts.stream()
        .filter(part -> part.max() == countOf(part.subscription(), held))
        .map(ClaimPart::subscription)
        .toList();
  }

  private static long countOf(SubscriptionName subscription, List<HeldDelivery> held) {
    return held.stream().filter(one -> one.subscription().equals(subscription)).count();
  }

  /// Divides a claim equally among subscriptions, in turn.
  private static List<ClaimPart> parts(
      Quotas quotas,
      List<SubscriptionName> inTurn,
      BiFunction<SubscriptionName, Integer, ClaimPart> part) {
    var parts = new LinkedHashMap<SubscriptionName, ClaimPart>();
    ClaimShares.divide(
        quotas,
        inTurn,
        (subscription, max) -> {
          parts.merge(subscription, part.apply(subscription, max), ClaimPart::plus);
          return max;
        });
    return List.copyOf(parts.values());
  }

  private ClaimPart part(SubscriptionName subscription, int max) {
    return new ClaimPart(
        subscription, max, floors.of(subscription).get(), turns.arrivals(subscription));
  }

  /// What a search found.
  ///
  /// @param isCut whether deliveries were left because of the size of their events
  /// @param firstDue of each subscription of which something was found, since when the first
  ///   delivery is due that could have been leased
  private record Found(
      List<HeldDelivery> held, boolean isCut, Map<SubscriptionName, Long> firstDue) {}

  /// Records what a search found, for the next one.
  private void note(ClaimPart part, Found found) {
    ClaimFloors.ClaimFloor floor = floors.of(part.subscription());
    Long firstDue = found.firstDue.get(part.subscription());
    if (firstDue != null) {
      floor.found(part.earliest(), firstDue);
    } else if (found.isCut) {
      // Perhaps it was this one that had to wait: its turn comes first the next time.
    } else if (part.earliest() == Long.MIN_VALUE) {
      turns.nothingFound(part.subscription(), part.arrivals());
    } else {
      floor.foundNothing();
    }
  }

  private Found found(
      Statements statements, String sql, List<ClaimPart> parts, Request request, long mostBytes)
      throws SQLException {
    PreparedStatement claim = statements.of(sql);
    clock.bind(claim);
    boolean isRanked = sql.equals(ClaimSql.CLAIM_BY_RANK);
    if (isRanked) {
      claim.setLong(2, order.step().toNanos());
    }
    int next =
        new ArrayParameters<>(claim, isRanked ? 3 : 2, parts)
            .texts(part -> part.subscription().value())
            .integers(ClaimPart::max)
            .longs(part -> Math.max(0, part.earliest()))
            .next();
    claim.setLong(next, mostBytes);
    claim.setString(next + 1, request.worker().value());
    claim.setLong(next + 2, EpochNanos.span(request.duration()));
    var held = new ArrayList<HeldDelivery>();
    boolean isCut = false;
    var firstDue = new HashMap<SubscriptionName, Long>();
    try (ResultSet row = claim.executeQuery()) {
      while (row.next()) {
        HeldDelivery one =
            HeldDelivery.read(row, request.leaseFrom(EpochNanos.toInstant(row.getLong("now"))));
        held.add(one);
        firstDue.putIfAbsent(one.subscription(), row.getLong("first_due"));
        isCut = row.getBoolean("is_cut");
      }
    }
    return new Found(held, isCut, firstDue);
  }

  /// Claims deliveries whose last attempt was abandoned; few at any time.
  List<Claim> claimAbandoned(Statements statements, Request request) throws SQLException {
    List<SubscriptionName> abandoned = WaitingReads.abandonedSubscriptions(statements);
    var rest = new RemainingQuotas(request.quotas());
    List<SubscriptionName> limited = LeaseLimits.limited(rest, abandoned);
    if (!limited.isEmpty()) {
      new LeaseLimits(statements, turns).apply(rest, limited);
    }
    List<ClaimPart> parts = parts(rest, abandoned, (name, max) -> new ClaimPart(name, max, 0, 0));
    return parts.isEmpty()
        ? List.of()
        : heldDeliveries.intact(
            statements,
            found(statements, ClaimSql.CLAIM_ABANDONED, parts, request, MOST_BYTES).held);
  }
}

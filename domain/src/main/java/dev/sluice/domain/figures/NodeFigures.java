package dev.sluice.domain.figures;

import java.time.Instant;
import java.util.List;

/// What a node did since it started, and its current rates. Figures of several nodes can be added
/// up.
///
/// @param since when counting began
/// @param totals over all types
/// @param byType by event type; types beyond the first [#MAX_NAMES] are summed up
/// @param bySubscription by subscription, limited in the same way; an accepted event counts for
///   each subscription that gets it
/// @param rates over 10 s, 1 min and 5 min
/// @param acceptTime time from reading a request to responding to it, over the last one to two
///   minutes, as are the next two
/// @param handlerTime how long handlers ran
/// @param acceptToDone time from receiving an event to completing it
public record NodeFigures(
    Instant since,
    Totals totals,
    Breakdown byType,
    Breakdown bySubscription,
    List<Rates> rates,
    LatencyHistogram acceptTime,
    LatencyHistogram handlerTime,
    LatencyHistogram acceptToDone) {

  /// Maximum number of names in a breakdown, besides the one for all others.
  public static final int MAX_NAMES = 200;

  public NodeFigures {
    rates = List.copyOf(rates);
  }

  /// Returns the figures of both nodes together; rates of the same window are added up.
  public NodeFigures plus(NodeFigures other) {
    return new NodeFigures(
        since.isBefore(other.since) ? since : other.since,
        totals.plus(other.totals),
        byType.plus(other.byType).busiest(MAX_NAMES),
        bySubscription.plus(other.bySubscription).busiest(MAX_NAMES),
        rates.stream().map(one -> sum(one, other.rates)).toList(),
        acceptTime.plus(other.acceptTime),
        handlerTime.plus(other.handlerTime),
        acceptToDone.plus(other.acceptToDone));
  }

  private static Rates sum(Rates one, List<Rates> others) {
    return others.stream()
        .filter(other -> other.name().equals(one.name()))
        .reduce(one, Rates::plus);
  }
}

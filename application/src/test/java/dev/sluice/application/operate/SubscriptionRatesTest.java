package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.LatencyHistogram;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.node.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SubscriptionRatesTest {

  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock();
  private final List<NodeReport> live = new ArrayList<>();
  private final SubscriptionRates rates = new SubscriptionRates(() -> live, clock);

  private static NodeReport node(String id, Instant since, Map<String, Totals> totals) {
    var figures =
        new NodeFigures(
            since,
            Totals.NONE,
            Breakdown.NONE,
            new Breakdown(new TreeMap<>(totals)),
            List.of(),
            LatencyHistogram.NONE,
            LatencyHistogram.NONE,
            LatencyHistogram.NONE);
    return new NodeReport(
        new WorkerId(id), "1", since, NodeReport.Phase.ACTIVE, 0, 1, Optional.of(figures));
  }

  private static NodeReport node(String id, long completed) {
    return node(
        id, SettableClock.START, Map.of("mail", new Totals(completed, completed, completed, 0)));
  }

  private void sample(NodeReport... nodes) {
    live.clear();
    live.addAll(List.of(nodes));
    rates.sampleWhenDue();
    clock.advance(FIVE_SECONDS);
  }

  private double completed() {
    return rates.of("mail").map(Rates::completed).orElseThrow();
  }

  @Test
  void rate_isUnknownBeforeTheSecondSample() {
    assertThat(rates.of("mail")).isEmpty();
    sample(node("a", 10));
    assertThat(rates.of("mail")).isEmpty();
  }

  @Test
  void rates_areTheSumOverAllNodes() {
    sample(node("a", 10), node("b", 1_000));
    sample(node("a", 20), node("b", 1_005));

    assertThat(completed()).isEqualTo(3);
    assertThat(rates.of("idle").map(Rates::completed)).hasValue(0.0);
  }

  @Test
  void rates_coverTheLastMinute() {
    sample(node("a", 0));
    sample(node("a", 1_000));
    for (int more = 0; more < 12; more++) {
      sample(node("a", 1_000));
    }

    assertThat(completed()).isZero();
  }

  @Test
  void nodeThatRestartsOrAppears_doesNotCountWhatItDidBefore() {
    sample(node("a", 1_000));
    sample(
        node("a", clock.instant(), Map.of("mail", new Totals(7, 7, 0, 0))), node("b", 1_000_000));

    assertThat(completed()).isZero();
  }

  @Test
  void subscriptionThatANodeCountsAmongOthers_hasNoRate() {
    NodeReport full = node("a", SettableClock.START, Map.of(Breakdown.OTHER, Totals.NONE));
    sample(full);
    sample(full);

    assertThat(rates.of("mail")).isEmpty();
  }
}

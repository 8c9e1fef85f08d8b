package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The charts of a subscription's page.
final class ChartsModelTest {

  private final Bench bench = new Bench();

  @BeforeEach
  void fill() {
    SubscriptionSample.fill(bench.service);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private ChartsModel open() {
    bench.connect().console.show(Screen.SUBSCRIPTIONS);
    bench.models().subscriptions().open("billing");
    return bench.models().subscriptions().open().get().orElseThrow().charts();
  }

  private List<String> requests() {
    return bench.service.requests("GET /stats/series").stream()
        .map(Request::path)
        .filter(path -> path.contains("subscription="))
        .toList();
  }

  @Test
  void openPage_asksForItsSubscription_andAClosedOneNoMore() {
    ChartsModel charts = open();
    assertThat(requests()).containsExactly("/stats/series?subscription=billing&from=-5m&step=10s");
    assertThat(charts.series().get().last().orElseThrow().points()).hasSize(30);

    bench.models().subscriptions().closePage();
    bench.seconds(20);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void otherRange_isAskedForAtOnce() {
    open().range().set(Range.WEEK);

    assertThat(requests()).last().asString().endsWith("&from=-7d&step=40m");
  }

  @Test
  void olderService_isNotAsked_untilItIsUpgraded() {
    String older = Sample.meta("dev", "admin").replace("\"subscription_series\",", "");
    bench.service.on("GET /meta", Reply.json(older));
    ChartsModel charts = open();
    bench.seconds(20);

    assertThat(charts.isAvailable()).isFalse();
    assertThat(requests()).isEmpty();
    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", "admin")));
    bench.seconds(6);
    assertThat(charts.isAvailable()).isTrue();
    assertThat(requests()).isNotEmpty();
  }

  @Test
  void failure_isOfTheChartsAlone() {
    bench.service.on("GET /stats/series", Reply.problem(503, "store_unavailable", "no storage"));
    ChartsModel charts = open();

    assertThat(charts.series().get().failure().get()).isPresent();
    SubscriptionModel page = bench.models().subscriptions().open().get().orElseThrow();
    assertThat(page.detail().failure().get()).isEmpty();
  }

  @Test
  void periodOfAChart_isAQueryForTheEventsOfTheSubscription() {
    Instant from = Instant.parse("2026-03-14T09:20:00.5Z");

    assertThat(open().events(from, from.plusSeconds(60)))
        .hasToString("sub:billing since:2026-03-14T09:20:00Z until:2026-03-14T09:21:00Z");
  }
}

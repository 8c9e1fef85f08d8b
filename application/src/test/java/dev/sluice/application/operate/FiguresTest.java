package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HookedStore;
import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.operate.NodeView.State;
import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// What is cached of the storage and of the other nodes.
final class FiguresTest {

  private final StorageFixture storage = Samples.storage();
  private final SettableClock clock = storage.clock();
  private final HookedStore store = new HookedStore(storage.events(), Durability.MEMORY);
  private final NodeRegistry nodes = MemoryAdapter.nodes(clock);
  private final Statistics statistics = new Statistics(clock);
  private final Figures figures =
      new Figures(
          new Figures.Dependencies(store, nodes, MemoryAdapter.series(), Optional::empty),
          statistics,
          () -> report("here", Phase.ACTIVE, 1),
          clock);

  private static NodeReport report(String id, Phase phase, long accepted) {
    return new NodeReport(
        new WorkerId(id),
        "1.2.3",
        SettableClock.START,
        phase,
        2,
        8,
        Optional.of(FigureSamples.ofNode(accepted)));
  }

  private void pass(Duration time) {
    clock.advance(time);
    figures.readNodes();
  }

  private State stateOf(String id) {
    return figures.nodes().stream()
        .filter(node -> node.report().id().value().equals(id))
        .map(NodeView::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void looking_costsTheStorageNothing() {
    storage.append("e-1");
    figures.refreshCounts();
    int asked = store.hooks().calls(Call.COUNTS);

    for (int look = 0; look < 100; look++) {
      assertThat(figures.overview().counts().backlog()).isEqualTo(1);
      assertThat(figures.nodes()).hasSize(1);
    }

    assertThat(store.hooks().calls(Call.COUNTS)).isEqualTo(asked);
  }

  @Test
  void countsOfAStorageThatIsAway_stayAndSayHowOldTheyAre() {
    storage.append("e-1");
    figures.refreshCounts();
    store.hooks().before(Call.COUNTS, Outage.forGood());
    clock.advance(Duration.ofSeconds(30));

    Assertions.assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(figures::refreshCounts);

    assertThat(figures.overview().counts().backlog()).isEqualTo(1);
    assertThat(figures.overview().asOf()).isEqualTo(SettableClock.START);
  }

  @Test
  void liveNodes_areAddedUp() {
    nodes.report(report("here", Phase.ACTIVE, 1));
    nodes.report(report("draining", Phase.DRAINING, 10));
    nodes.report(report("left", Phase.LEFT, 100));
    figures.readNodes();

    Figures.Overview overview = figures.overview();

    assertThat(overview.nodes()).isEqualTo(2);
    assertThat(overview.figures().totals().accepted()).isEqualTo(11);
    assertThat(overview.inFlight()).isEqualTo(4);
    assertThat(overview.slots()).isEqualTo(16);
    assertThat(figures.nodes())
        .extracting(NodeView::state)
        .containsExactly(State.DRAINING, State.ACTIVE, State.LEFT);
    assertThat(figures.nodes()).extracting(NodeView::isThis).containsExactly(false, true, false);
  }

  @Test
  void othersReports_areReadEveryTwoSeconds() {
    figures.readNodes();
    nodes.report(report("other", Phase.ACTIVE, 1));
    pass(Duration.ofMillis(1_999));
    assertThat(figures.overview().nodes()).isEqualTo(1);

    pass(Duration.ofMillis(1));

    assertThat(figures.overview().nodes()).isEqualTo(2);
  }

  @Test
  void nodeThatSaysNothingFor15Seconds_isSilentAndNotInTheSum() {
    nodes.report(report("other", Phase.ACTIVE, 1));
    pass(Duration.ofSeconds(15));
    assertThat(stateOf("other")).isEqualTo(State.ACTIVE);

    pass(Duration.ofSeconds(2));

    assertThat(stateOf("other")).isEqualTo(State.SILENT);
    assertThat(stateOf("here")).isEqualTo(State.ACTIVE);
    assertThat(figures.overview().nodes()).isEqualTo(1);
  }

  /// When the registry cannot be read, the other nodes are not silent.
  @Test
  void staleReading_makesNobodySilent() {
    nodes.report(report("other", Phase.ACTIVE, 1));
    figures.readNodes();

    clock.advance(Duration.ofMinutes(5));

    assertThat(stateOf("other")).isEqualTo(State.ACTIVE);
    assertThat(figures.nodesAsOf()).isEqualTo(SettableClock.START);
  }

  @Test
  void nodeThatIsNotUnderstood_isShownButNotInTheSum() {
    NodeReport known = report("newer", Phase.ACTIVE, 5);
    nodes.report(
        new NodeReport(
            known.id(),
            known.version(),
            known.startedAt(),
            known.phase(),
            known.inFlight(),
            known.slots(),
            Optional.empty()));
    figures.readNodes();

    assertThat(figures.overview().nodes()).isEqualTo(1);
    assertThat(figures.nodes()).hasSize(2);
  }
}

package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SelectionRunTest {

  private final Bench bench = Bench.connected();

  @AfterEach
  void close() {
    bench.close();
  }

  private SelectionRun run(List<String> ids) {
    return run(ids, Set.of());
  }

  private SelectionRun run(List<String> ids, Set<String> withoutFailed) {
    SelectionRun run = bench.models().run(EventAction.REPLAY, ids, withoutFailed);
    bench.service.forget();
    return run;
  }

  private static Reply done() {
    return Reply.json(Sample.event(1, false)).withStatus(202);
  }

  @Test
  void eachEvent_isReplayedByItsId() {
    bench.service.on("POST /events/*", done());
    SelectionRun run = run(List.of("a", "b", "c"));
    run.start();

    assertThat(bench.service.requests())
        .extracting(Request::path)
        .containsExactly("/events/a/replay", "/events/b/replay", "/events/c/replay");
    assertThat(run.progress().get().done()).isEqualTo(3);
    assertThat(run.progress().get().isRunning()).isFalse();
  }

  /// What succeeded is repeated only where nothing failed.
  @Test
  void eventWithoutFailedDeliveries_isReplayedAsAWhole() {
    bench.service.on("POST /events/*", done());
    run(List.of("a", "b"), Set.of("b")).start();

    assertThat(bench.service.requests())
        .extracting(Request::body)
        .containsExactly("", "{\"all\":true}");
  }

  @Test
  void changedAndMissingEvents_areSkippedAndNamed() {
    bench.service.on("POST /events/*", done());
    bench.service.on(
        "POST /events/b/replay", Reply.problem(409, "state_conflict", "it is processing"));
    bench.service.on("POST /events/c/replay", Reply.problem(404, "not_found", "no such event"));
    SelectionRun run = run(List.of("a", "b", "c"));
    run.start();

    assertThat(run.progress().get().done()).isEqualTo(1);
    assertThat(run.progress().get().skipped())
        .containsExactly("b: it is processing", "c: no such event");
  }

  @Test
  void lostService_endsIt_andTheRestStays() {
    bench.service.on("POST /events/*", done());
    bench.service.on("POST /events/b/replay", Reply.problem(503, "overloaded", "too much"));
    SelectionRun run = run(List.of("a", "b", "c"));
    run.start();

    assertThat(run.progress().get().ended()).contains("too much");
    assertThat(bench.service.requests("POST /events/c/replay")).isEmpty();
  }

  @Test
  void stop_endsItBeforeTheNext() {
    bench.service.on("POST /events/*", done());
    SelectionRun run = run(List.of("a", "b", "c"));
    bench.lanes.hold();
    run.start();
    run.stop();
    bench.lanes.release();

    assertThat(run.progress().get().ended()).contains("stopped");
    assertThat(run.progress().get().done()).isEqualTo(1);
  }
}

package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.ScheduledSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventModelTest {

  private final Bench bench = Bench.connected();

  @AfterEach
  void close() {
    bench.close();
  }

  private EventModel open(String status) {
    return open(status, status);
  }

  private EventModel open(String status, String deliveryStatus) {
    String detail =
        Sample.detail("a", deliveryStatus)
            .replaceFirst("\"status\":\"" + deliveryStatus + "\"", "\"status\":\"" + status + "\"");
    bench.service.on(
        "GET /events/*",
        request ->
            request.bare().endsWith("/explain")
                ? Reply.json(
                    "{\"event_id\":\"a\",\"status\":\"" + status + "\",\"sentence\":\"so\"}")
                : Reply.json(detail));
    bench.models().open("a");
    return bench.models().open().get().orElseThrow();
  }

  private EventModel openScheduled() {
    ScheduledSample.fill(bench.service, "a");
    bench.models().open("a");
    return bench.models().open().get().orElseThrow();
  }

  private List<String> changes() {
    return bench.service.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(Request::path)
        .toList();
  }

  @Test
  void event_isThereWithItsReason() {
    EventModel event = open("failed");

    assertThat(event.detail().last().orElseThrow().history().attempts()).isEqualTo(3);
    assertThat(event.explanation().last().orElseThrow().sentence()).isEqualTo("so");
  }

  @Test
  void eventAtItsEnd_isAskedForSeldom() {
    open("completed");
    bench.service.forget();
    bench.seconds(31);

    assertThat(bench.service.requests("GET /events/a")).hasSize(2);
  }

  @Test
  void eventThatMoves_isFollowed() {
    open("retrying");
    bench.service.forget();
    bench.seconds(10);

    assertThat(bench.service.requests("GET /events/a")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void actions_areThoseThatItsStatusAllows() {
    assertThat(open("failed").can(EventAction.REPLAY)).isTrue();
    assertThat(open("failed").can(EventAction.DISCARD)).isTrue();
    assertThat(open("failed").can(EventAction.CANCEL)).isFalse();
  }

  @Test
  void replay_isSentForThisEvent_andSeen() {
    EventModel event = open("failed");
    bench.service.on("POST /events/*", Reply.json(Sample.event(1, false)).withStatus(202));
    bench.service.forget();
    event.act(EventAction.REPLAY);

    assertThat(changes()).containsExactly("/events/a/replay");
    assertThat(bench.service.requests("GET /events/a")).isNotEmpty();
    assertThat(bench.console.notices()).containsExactly(new Notice(Notice.Kind.DONE, "a replayed"));
  }

  @Test
  void replay_meansFailedDeliveries_andAllOnlyWithoutAny() {
    bench.service.on("POST /events/*", Reply.json(Sample.event(1, false)).withStatus(202));
    open("failed").act(EventAction.REPLAY);
    bench.models().closeEvent();
    open("completed").act(EventAction.REPLAY);

    assertThat(bench.service.requests("POST /events/a/replay"))
        .extracting(Request::body)
        .containsExactly("", "{\"all\":true}");
  }

  @Test
  void failedDelivery_canBeReplayedWhileAnotherWaits() {
    EventModel event = open("received", "failed");

    assertThat(event.can(EventAction.REPLAY)).isTrue();
    assertThat(event.can(EventAction.DISCARD)).isTrue();
    assertThat(event.can(EventAction.CANCEL)).isFalse();
  }

  @Test
  void actionThatItsStatusForbids_isNotSent() {
    open("processing").act(EventAction.REPLAY);

    assertThat(changes()).isEmpty();
  }

  @Test
  void secondClick_isNotASecondAction() {
    EventModel event = open("failed");
    bench.service.on("POST /events/*", Reply.json(Sample.event(1, false)).withStatus(202));
    bench.lanes.hold();
    event.act(EventAction.REPLAY);
    event.act(EventAction.REPLAY);
    bench.lanes.release();

    assertThat(changes()).hasSize(1);
  }

  @Test
  void conflict_isToldWithTheServicesWords() {
    EventModel event = open("failed");
    bench.service.on("POST /events/*", Reply.problem(409, "state_conflict", "it is processing"));
    event.act(EventAction.REPLAY);

    assertThat(bench.console.notices())
        .containsExactly(new Notice(Notice.Kind.FAILED, "a: it is processing"));
    assertThat(event.busy().get()).isFalse();
  }

  @Test
  void editedPayload_mustBeJson() {
    EventModel event = open("failed");

    assertThat(event.replayEdited("{oops", _ -> {}, _ -> {})).isPresent();
    assertThat(event.replayEdited("  ", _ -> {}, _ -> {})).isPresent();
    assertThat(changes()).isEmpty();
  }

  @Test
  void refusedPayload_isSaidWhereItWasWritten() {
    EventModel event = open("failed");
    bench.service.on("POST /events/*", Reply.problem(413, "payload_too_large", "too large"));
    List<String> refused = new ArrayList<>();
    event.replayEdited("1", _ -> {}, refused::add);

    assertThat(refused).containsExactly("too large");
  }

  @Test
  void editWhileAnotherActionIsUnderWay_isNotSwallowed() {
    EventModel event = open("failed");
    bench.lanes.hold();
    event.act(EventAction.REPLAY);

    assertThat(event.replayEdited("1", _ -> {}, _ -> {})).contains("another action is under way");
    bench.lanes.release();
  }

  @Test
  void editedReplay_leadsToTheNewEvent() {
    EventModel event = open("failed");
    bench.service.on("POST /events/*", Reply.json(Sample.event(5, false)).withStatus(202));
    List<String> made = new ArrayList<>();

    assertThat(event.replayEdited("{\"a\":1.0}", made::add, _ -> {})).isEmpty();
    assertThat(made).containsExactly("order-5");
    assertThat(bench.service.requests("POST /events/a/replay").getFirst().body())
        .isEqualTo("{\"payload\":{\"a\":1.0}}");
  }

  @Test
  void readOnlyProfile_canDoNothing() {
    bench.connect(Profile.Colour.NONE, true, "k");
    EventModel event = open("failed");
    event.act(EventAction.REPLAY);

    assertThat(event.can(EventAction.REPLAY)).isFalse();
    assertThat(changes()).isEmpty();
  }

  @Test
  void otherEvent_isAnotherModel_andTheFirstFallsSilent() {
    EventModel first = open("retrying");
    bench.models().open("b");
    bench.service.forget();
    bench.seconds(5);

    assertThat(bench.models().open().get().orElseThrow()).isNotSameAs(first);
    assertThat(bench.service.requests("GET /events/a")).isEmpty();
    assertThat(bench.service.requests("GET /events/b")).isNotEmpty();
  }

  @Test
  void screenThatIsNoList_closesTheEvent() {
    bench.console.show(Screen.EVENTS);
    open("failed");
    bench.console.show(Screen.DEAD_LETTERS);
    assertThat(bench.models().open().get()).isPresent();

    bench.console.show(Screen.NODES);
    assertThat(bench.models().open().get()).isEmpty();
  }

  @Test
  void curlLine_neverHoldsTheKey() {
    bench.connect(Profile.Colour.NONE, false, "slc_a_secret");

    assertThat(open("failed").curl())
        .isEqualTo(
            "curl -s -H \"Authorization: Bearer $SLUICE_KEY\" '"
                + bench.service.address()
                + "/events/a'");
  }

  @Test
  void eventThatWasNeverAttempted_canBeRescheduled() {
    EventModel event = openScheduled();
    bench.service.on("PATCH /events/*", Reply.json(Sample.event(1, false)).withStatus(202));
    List<String> done = new ArrayList<>();

    assertThat(event.canReschedule()).isTrue();
    assertThat(event.reschedule(" 10m ", () -> done.add("done"), done::add)).isEmpty();

    assertThat(bench.service.requests("PATCH /events/a"))
        .extracting(Request::body)
        .containsExactly("{\"delay\":\"10m\"}");
    assertThat(done).containsExactly("done");
    assertThat(bench.console.notices())
        .containsExactly(new Notice(Notice.Kind.DONE, "a rescheduled"));
  }

  @Test
  void time_isSentAsItWasTyped() {
    EventModel event = openScheduled();
    bench.service.on("PATCH /events/*", Reply.problem(400, "invalid_event", "it must be a time"));
    List<String> refused = new ArrayList<>();

    assertThat(event.reschedule("tomorrow noon", () -> refused.add("done"), refused::add))
        .isEmpty();

    assertThat(bench.service.requests("PATCH /events/a"))
        .extracting(Request::body)
        .containsExactly("{\"deliver_at\":\"tomorrow noon\"}");
    assertThat(refused).singleElement().asString().contains("it must be a time");
  }

  @Test
  void nothingTyped_isNotSent() {
    EventModel event = openScheduled();

    assertThat(event.reschedule("  ", () -> {}, _ -> {})).contains("enter a delay or a time");
    assertThat(bench.service.requests("PATCH /events/a")).isEmpty();
  }

  @Test
  void attemptedEvent_cannotBeRescheduled() {
    assertThat(open("retrying").canReschedule()).isFalse();
    assertThat(open("completed").canReschedule()).isFalse();
  }
}

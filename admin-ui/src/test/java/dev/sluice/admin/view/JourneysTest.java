package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.viewmodel.Screen;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Typical operator workflows, with keyboard and mouse.
@Tag("slow")
final class JourneysTest {

  private final Stand stand = Stand.lively().connect();
  private final User user = new User(stand);

  @BeforeEach
  void replaysSucceed() {
    stand.service.on("POST /events/*", Reply.json(Sample.event(1, false)).withStatus(202));
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private List<String> changes() {
    return stand.service.requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .map(request -> request.method() + " " + request.path())
        .toList();
  }

  @Test
  void filter_open_andReplay_byKeyboardAlone() {
    user.press(KeyCode.CONTROL, KeyCode.DIGIT2);
    user.press(KeyCode.CONTROL, KeyCode.F)
        .type("status:failed key:customer-7")
        .press(KeyCode.ENTER);
    user.sees("chips", () -> stand.sees("chip-status:failed"));
    assertThat(stand.service.requests("GET /events").getLast().path())
        .startsWith("/events?status=failed&key=customer-7");

    user.clickRow("events-table", 2).press(KeyCode.ENTER);
    user.sees("the event", () -> stand.sees("event-view"));
    user.seesText("order-998");
    user.press(KeyCode.R);
    user.seesText("order-998 replayed");
    assertThat(changes()).containsExactly("POST /events/order-998/replay");

    user.press(KeyCode.ESCAPE);
    user.sees("no event", () -> !stand.sees("event-view"));
  }

  @Test
  void replayHitsWhatIsShown_whateverComesInMeanwhile() {
    var stored = new java.util.concurrent.atomic.AtomicInteger(1_000);
    stand.service.on("GET /events", request -> Sample.events(request, stored.get()));
    stand.show(Screen.EVENTS);
    user.clickRow("events-table", 3).press(KeyCode.ENTER);
    user.seesText("order-997");

    stored.set(1_040);
    stand.seconds(4);
    user.seesText("↑ 40 new (N)");
    user.press(KeyCode.N);
    user.sees("them", () -> stand.models().events().list().row("order-1040").isPresent());
    assertThat(stand.models().events().selection().get()).containsExactly("order-997");

    user.press(KeyCode.R);
    user.seesText("order-997 replayed");
    assertThat(changes()).containsExactly("POST /events/order-997/replay");
  }

  @Test
  void markedEvents_areNamedThenReplayed_andSkippedOnesAreShown() {
    stand.service.on(
        "POST /events/order-998/replay", Reply.problem(409, "state_conflict", "it is processing"));
    stand.show(Screen.DEAD_LETTERS);
    user.clickRow("dead-letters-table", 0)
        .clickRowWithControl("dead-letters-table", 2)
        .clickRowWithControl("dead-letters-table", 4);
    user.press(KeyCode.R);
    user.seesText("Replay 3 selected events");
    assertThat(changes()).isEmpty();

    user.click("run-selection");
    user.seesText("2 replayed, 1 skipped.");
    assertThat(changes())
        .containsExactlyInAnyOrder(
            "POST /events/order-1000/replay",
            "POST /events/order-998/replay",
            "POST /events/order-996/replay");
    user.click("close-selection");
    user.sees("no dialog", () -> !stand.sees("selection-dialog"));
  }

  @Test
  void group_isPlanned_confirmed_seen_andStopped() {
    stand.service.on("POST /bulk/plan", Reply.json(Sample.plan(812, 800)));
    stand.service.on(
        "POST /bulk", Reply.json(Sample.job("running", 800, 0, 0, 800)).withStatus(202));
    stand.service.on("GET /bulk/bulk_7d0c", Reply.json(Sample.job("running", 800, 300, 2, 498)));
    stand.service.on("DELETE /bulk/bulk_7d0c", Reply.json(Sample.job("stopped", 800, 310, 2, 488)));
    stand.show(Screen.DEAD_LETTERS);
    Fx.run(() -> stand.models().deadLetters().choose(Optional.of(Sample.GROUP)));
    stand.settled();

    user.click("replay-all");
    user.seesText("812 match, 800 can be replayed, 12 cannot.");
    assertThat(stand.service.requests("POST /bulk/plan"))
        .extracting(Request::body)
        .containsExactly(
            "{\"action\":\"replay\",\"filter\":{\"status\":[\"failed\"],\"error\":[\""
                + Sample.GROUP
                + "\"]}}");

    user.click("start-bulk");
    stand.seconds(2);
    user.seesText("300 replayed, 2 skipped, 498 left");
    user.click("stop-bulk");
    user.seesText(
        "Stopped: 310 replayed, 488 left unchanged. 2 had changed since the plan and were skipped.");
    user.click("close-bulk");
    user.sees("no dialog", () -> !stand.sees("bulk-dialog"));
  }

  @Test
  void lostService_leavesTheScreen_andComesBack() {
    stand.show(Screen.EVENTS);
    stand.service.goAway();
    stand.seconds(8);
    user.sees("the banner", () -> stand.sees("banner"));
    user.seesText("stale");
    assertThat(stand.models().events().list().rows()).hasSizeGreaterThanOrEqualTo(100);

    stand.service.comeBack();
    user.click("retry-now");
    user.sees("no banner", () -> !stand.sees("banner"));
    user.seesText("live");
  }

  @Test
  void otherProfile_isAnotherService_andNothingOfTheFirstIsLeft() {
    try (FakeService other = FakeService.lively()) {
      other.on("GET /meta", Reply.json(Sample.meta("prod", "viewer")));
      stand.show(Screen.EVENTS).open("order-1000");
      Fx.run(
          () ->
              stand
                  .console
                  .settings()
                  .save("", Profile.of("production", other.address()), Optional.empty()));
      user.press(KeyCode.CONTROL, KeyCode.DIGIT9).click("use-production");
      user.seesText("prod");
      user.press(KeyCode.CONTROL, KeyCode.DIGIT2);
      stand.service.forget();
      stand.seconds(10);

      assertThat(stand.service.requests()).isEmpty();
      assertThat(stand.sees("event-view")).isFalse();
      assertThat(Fx.get(() -> stand.node("replay-all", javafx.scene.Node.class).isDisabled()))
          .isTrue();
    }
  }

  @Test
  void palette_findsAndRunsACommand() {
    user.press(KeyCode.CONTROL, KeyCode.K).type("nodes").press(KeyCode.ENTER);
    user.sees("nodes", () -> stand.console.screen().get() == Screen.NODES);
    user.seesText("web-3-4713-ef56");
  }

  @Test
  void lettersTypedIntoAField_areNoCommands() {
    stand.show(Screen.EVENTS).open("order-1000");
    user.press(KeyCode.CONTROL, KeyCode.F).type("rrr n");
    stand.settled();

    assertThat(changes()).isEmpty();
    assertThat(stand.models().events().text().get()).isEqualTo("rrr n");
    assertThat(stand.console.live().get()).isTrue();
  }
}

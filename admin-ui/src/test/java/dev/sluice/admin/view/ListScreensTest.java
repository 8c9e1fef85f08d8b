package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.viewmodel.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Event lists and the event drawer, in use.
@Tag("slow")
final class ListScreensTest {

  private final Stand stand = Stand.lively().connect();

  @TempDir Path folder;

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void emptyService_saysHowToSendTheFirstEvent() {
    stand.service.on("GET /events", Reply.json("[]"));
    stand.show(Screen.EVENTS);

    assertThat(stand.text()).contains("No events yet").contains("curl -s").contains("/events'");
  }

  @Test
  void whatMatchesNothing_saysWhatWasAskedFor() {
    stand.service.on("GET /events", Reply.json("[]"));
    Fx.run(() -> stand.console.showEvents(EventQuery.parse("key:nobody")));

    assertThat(stand.settled().text()).contains("No event matches “key:nobody”.");
  }

  @Test
  void megabytePayload_isShown_andTheThreadStaysFree() {
    String payload = "[" + "{\"n\":1,\"text\":\"abcdefghij\"},".repeat(36_000) + "0]";
    assertThat(payload.length()).isGreaterThan(1_000_000);
    answerEventWith("\"payload\":" + payload + ",");
    stand.show(Screen.EVENTS).open("a");
    Fx.run(() -> stand.view().models().flatMap(SessionView::open).orElseThrow().showTab(1));

    ListView<?> tree = stand.settled().node("payload-tree", ListView.class);
    assertThat(tree.getItems()).hasSizeGreaterThan(100_000);
    long start = System.nanoTime();
    Fx.run(() -> tree.scrollTo(90_000));
    stand.settled();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void hiddenPayload_isSaidToBe() {
    answerEventWith("\"payload_hidden\":true,");
    stand.show(Screen.EVENTS).open("a");
    Fx.run(() -> stand.view().models().flatMap(SessionView::open).orElseThrow().showTab(1));

    assertThat(stand.settled().text()).contains("Payload hidden");
  }

  @Test
  void missingEvent_isSaidToBe() {
    stand.service.on("GET /events/*", Reply.problem(404, "not_found", "there is no event"));
    stand.show(Screen.EVENTS).open("nobody");

    assertThat(stand.text()).contains("Event not found");
  }

  @Test
  void export_goesWhereTheUserSays() throws IOException {
    Path file = folder.resolve("mine.ndjson");
    stand.choose(file);
    stand.show(Screen.EVENTS);
    Fx.run(() -> stand.node("export", ButtonBase.class).fire());

    assertThat(stand.settled().text()).contains("1\u202f000 events written: done");
    assertThat(Files.readAllLines(file)).hasSize(1_000);
  }

  @Test
  void savedView_isOfferedAgain() {
    Fx.run(() -> stand.console.showEvents(EventQuery.parse("key:customer-7")));
    stand.settled();
    Fx.run(() -> stand.view().models().orElseThrow().events().saveView());
    Fx.run(
        () -> {
          stand.node("view-name", TextInputControl.class).setText("mine");
          stand.node("keep-view", ButtonBase.class).fire();
        });

    assertThat(
            stand.console.settings().preferences().get().profile("staging").orElseThrow().views())
        .extracting(view -> view.query())
        .containsExactly("key:customer-7");
  }

  @Test
  void marks_stayOnTheirEventsWhenNewOnesComeIn() {
    var stored = new AtomicInteger(1_000);
    stand.service.on("GET /events", request -> Sample.events(request, stored.get()));
    stand.show(Screen.EVENTS);
    TableView<?> table = stand.node("events-table", TableView.class);
    Fx.run(() -> table.getSelectionModel().selectIndices(2, 4, 6));
    stored.set(1_010);
    stand.seconds(2);
    Fx.run(() -> stand.models().events().list().showWaiting());

    assertThat(stand.settled().models().events().selection().get())
        .containsExactlyInAnyOrder("order-998", "order-996", "order-994");
    assertThat(table.getSelectionModel().getSelectedIndices()).isEqualTo(List.of(12, 14, 16));
  }

  @Test
  void markedEventsOfProduction_areConfirmedByTyping() {
    stand.service.on("GET /meta", Reply.json(Sample.meta("prod", "operator")));
    stand.seconds(6).show(Screen.DEAD_LETTERS);
    Fx.run(
        () ->
            stand
                .node("dead-letters-table", TableView.class)
                .getSelectionModel()
                .selectIndices(0, 1, 2));
    Fx.run(
        () ->
            stand
                .view()
                .models()
                .orElseThrow()
                .listScreen()
                .orElseThrow()
                .onMarked(dev.sluice.admin.model.EventAction.REPLAY));
    ButtonBase yes = stand.settled().node("run-selection", ButtonBase.class);
    assertThat(yes.isDisabled()).isTrue();

    Fx.run(() -> stand.node("selection-confirm", TextInputControl.class).setText("3"));
    assertThat(yes.isDisabled()).isFalse();
  }

  @Test
  void underscores_arePartOfNames() {
    Fx.run(() -> stand.console.showEvents(EventQuery.parse("type:user.signed_up")));

    assertThat(
            stand.settled().node("chip-type:user.signed_up", ButtonBase.class).isMnemonicParsing())
        .isFalse();
  }

  private void answerEventWith(String payload) {
    stand.service.on(
        "GET /events/*",
        request ->
            request.bare().endsWith("/explain")
                ? Reply.json("{\"event_id\":\"a\",\"status\":\"failed\",\"sentence\":\"so\"}")
                : Reply.json(
                    Sample.detail("a", "failed").replaceFirst("(?s)\"payload\":.*?}},", payload)));
  }
}

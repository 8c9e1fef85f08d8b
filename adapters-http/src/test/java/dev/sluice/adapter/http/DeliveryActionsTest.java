package dev.sluice.adapter.http;

import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.application.NodeRole;
import dev.sluice.contract.MixedEvents;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists and operators' actions on events with several deliveries. The node processes none, so that
/// each stays in its status.
final class DeliveryActionsTest {

  private static final String JSON = "application/json";

  private final AtomicReference<Storage> storage = new AtomicReference<>();
  private final TestServer server =
      TestServer.start(
          Setup.USUAL
              .withRole(NodeRole.API)
              .withStorage(
                  made -> {
                    storage.set(made);
                    return made;
                  }));

  @BeforeEach
  void store() {
    store("e-1", DeliveryStatus.FAILED, DeliveryStatus.COMPLETED);
  }

  private void store(String id, DeliveryStatus mail, DeliveryStatus billing) {
    MixedEvents.store(
        new StorageFixture(storage.get(), new SettableClock()),
        id,
        Map.of(MAIL, mail, BILLING, billing));
  }

  /// A node waits a while for unfinished deliveries before it stops.
  @AfterEach
  void close() {
    for (String id : List.of("e-1", "e-2", "e-3")) {
      storage.get().control().cancel(new EventId(id), Set.of());
    }
    server.close();
  }

  private Answer act(String action, String body) {
    return server.post("/events/e-1/" + action, JSON, body);
  }

  /// Returns the status of each delivery of the event, by subscription.
  private static String statuses(Answer answer) {
    var statuses = new ArrayList<String>();
    for (JsonNode delivery : answer.json().path("deliveries")) {
      statuses.add(delivery.path("subscription").asText() + " " + delivery.path("status").asText());
    }
    return String.join(", ", statuses.stream().sorted().toList());
  }

  private String statuses() {
    return statuses(server.get("/events/e-1"));
  }

  private List<String> ids(String path) {
    return server.get(path).hasStatus(200).json().findValuesAsText("event_id");
  }

  private String detail() {
    return server.get("/activity?limit=1").json().at("/0/detail").asText();
  }

  @Test
  void lists_findTheDeliveryThatIsMeant() {
    store("e-2", DeliveryStatus.RETRYING, DeliveryStatus.FAILED);

    assertThat(ids("/dead-letters")).containsExactly("e-2", "e-1");
    assertThat(ids("/dead-letters?subscription=mail")).containsExactly("e-1");
    assertThat(ids("/events?status=failed&subscription=billing")).containsExactly("e-2");
    assertThat(ids("/events?status=retrying&status=completed")).containsExactly("e-2", "e-1");
    assertThat(ids("/events?status=completed&subscription=mail")).isEmpty();
    assertThat(server.get("/events?status=failed").json().at("/0/status").asText())
        .isEqualTo("retrying");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"all\": false}"})
  void replay_meansFailedDeliveries(String body) {
    Answer answer =
        body.isEmpty() ? server.method("POST", "/events/e-1/replay") : act("replay", body);

    answer.hasStatus(202);
    assertThat(statuses()).isEqualTo("billing completed, mail received");
    assertThat(detail()).isEqualTo("failed deliveries");
  }

  @Test
  void namedDeliveries_areReplayed() {
    act("replay", "{\"subscriptions\":[\"billing\"]}").hasStatus(202);

    assertThat(statuses()).isEqualTo("billing received, mail failed");
    assertThat(detail()).isEqualTo("deliveries for billing");
  }

  @Test
  void allDeliveries_areReplayedWhenAsked() {
    act("replay", "{\"all\":true}").hasStatus(202);

    assertThat(statuses()).isEqualTo("billing received, mail received");
    assertThat(detail()).isEqualTo("all finished deliveries");
  }

  @Test
  void replayWithoutAFailedDelivery_saysWhatToSend() {
    act("discard", "{\"subscriptions\":[\"mail\"]}").hasStatus(202);
    assertThat(statuses()).isEqualTo("billing completed, mail cancelled");
    assertThat(detail()).isEqualTo("deliveries for mail");

    Answer answer = server.method("POST", "/events/e-1/replay").isProblem(409, "state_conflict");

    assertThat(answer.text("detail"))
        .isEqualTo(
            "This event has no failed delivery. Send {\"all\": true} or {\"subscriptions\":"
                + " [...]} to replay finished ones. The event is completed; nothing was changed.");
  }

  @Test
  void namedWaitingDelivery_isCancelledAlone() {
    act("replay", "{\"all\":true}").hasStatus(202);

    act("cancel", "{\"subscriptions\":[\"billing\"]}").hasStatus(202);

    assertThat(statuses()).isEqualTo("billing cancelled, mail received");
    act("cancel", "{\"subscriptions\":[\"billing\"]}").isProblem(409, "state_conflict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"replay", "cancel", "discard"})
  void unknownSubscription_changesNothing(String action) {
    Answer answer =
        act(action, "{\"subscriptions\":[\"mail\",\"nobody\"]}").isProblem(409, "state_conflict");

    assertThat(answer.text("detail"))
        .isEqualTo(
            "This event has no delivery for the subscription nobody. The event is failed; nothing"
                + " was changed.");
    assertThat(statuses()).isEqualTo("billing completed, mail failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay  | {"everything":true}                      | invalid_filter | /everything
          replay  | {"\\ud800":true}                          | invalid_filter | /\uFFFD
          replay  | {"all":"yes"}                            | invalid_filter | /all
          replay  | {"subscriptions":"mail"}                 | invalid_filter | /subscriptions
          replay  | {"subscriptions":[]}                     | invalid_filter | /subscriptions
          replay  | {"subscriptions":["mail","No"]}          | invalid_filter | /subscriptions/1
          replay  | {"subscriptions":["mail"],"all":true}    | invalid_filter | /all
          replay  | {"payload":1,"all":true}                 | invalid_event  | /all
          replay  | {"payload":1,"subscriptions":["mail"]}   | invalid_event  | /subscriptions
          cancel  | {"all":true}                             | invalid_filter | /all
          discard | {"payload":1}                            | invalid_filter | /payload
          discard | {"subscriptions":[7]}                    | invalid_filter | /subscriptions/0
          """)
  void wrongBody_isRefusedWithAPointer(String action, String body, String code, String pointer) {
    assertThat(act(action, body).isProblem(400, code).pointers()).containsExactly(pointer);
    assertThat(statuses()).isEqualTo("billing completed, mail failed");
  }

  @Test
  void bodyThatIsNoObjectOrNotJson_isRefused() {
    act("cancel", "[]").isProblem(400, "invalid_json");
    act("replay", "{\"all\":true,\"all\":true}").isProblem(400, "invalid_json");
    server.post("/events/e-1/discard", "text/plain", "{}").isProblem(415, "unsupported_media_type");
    act("cancel", "{\"subscriptions\":[\"" + "x".repeat(70_000) + "\"]}")
        .isProblem(413, "payload_too_large");
  }

  @Test
  void groupsListsAndBulkReplay_agree() {
    store("e-2", DeliveryStatus.FAILED, DeliveryStatus.RETRYING);
    store("e-3", DeliveryStatus.COMPLETED, DeliveryStatus.FAILED);
    JsonNode groups = server.get("/dead-letters/groups").json();
    assertThat(groups.findValuesAsText("subscription")).containsExactly("mail", "billing");

    for (JsonNode group : groups) {
      String error = group.path("fingerprint").asText();
      int count = group.path("count").asInt();
      String filter = "{\"error\":\"" + error + "\"}";
      assertThat(ids("/dead-letters?error=" + error)).hasSize(count);
      JsonNode plan =
          server
              .post("/bulk/plan", JSON, "{\"action\":\"replay\",\"filter\":" + filter + "}")
              .hasStatus(200)
              .json();
      assertThat(plan.path("qualifying").asInt()).isEqualTo(count);
      assertThat(plan.path("count").asInt()).isEqualTo(count);
      assertThat(server.post("/dead-letters/replay", JSON, filter).json().path("replayed").asInt())
          .isEqualTo(count);
    }

    assertThat(statuses()).isEqualTo("billing completed, mail received");
    assertThat(statuses(server.get("/events/e-2"))).isEqualTo("billing retrying, mail received");
    assertThat(statuses(server.get("/events/e-3"))).isEqualTo("billing received, mail completed");
  }

  @Test
  void stream_showsEachSubscriptionItsOwnChanges() {
    try (StreamReader mail = StreamReader.open(server, "?subscription=mail", "");
        StreamReader billing = StreamReader.open(server, "?subscription=billing", "")) {
      mail.next("hello");
      billing.next("hello");
      act("replay", "{}").hasStatus(202);
      act("cancel", "{}").hasStatus(202);
      act("replay", "{\"subscriptions\":[\"billing\"]}").hasStatus(202);

      assertThat(mail.changes(2))
          .extracting(change -> change.text("subscription") + " " + change.text("status"))
          .containsExactly("mail received", "mail cancelled");
      assertThat(billing.changes(1))
          .extracting(change -> change.text("subscription") + " " + change.text("status"))
          .containsExactly("billing received");
    }
  }
}

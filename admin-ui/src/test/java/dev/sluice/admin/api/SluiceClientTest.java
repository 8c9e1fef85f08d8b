package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SluiceClientTest {

  private final FakeService service = FakeService.lively();

  /// Patient: the first request of a process takes long on a busy machine.
  private final SluiceClient client = client(Duration.ofSeconds(20));

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  private SluiceClient client(Duration limit) {
    return new SluiceClient(
        Target.of(service.address(), Optional.of("slc_k_secret")),
        new Exchange.Limits(limit, limit.plusMillis(200)));
  }

  private Fault faultOf(Consumer<SluiceClient> call) {
    return faultOf(client, call);
  }

  private static Fault faultOf(SluiceClient client, Consumer<SluiceClient> call) {
    ApiException thrown = catchThrowableOfType(ApiException.class, () -> call.accept(client));
    assertThat(thrown).isNotNull();
    return thrown.fault();
  }

  @Test
  void answers_areRead() {
    assertThat(client.meta().mayOperate()).isTrue();
    assertThat(client.stats().count(Status.FAILED)).isEqualTo(1_203);
    assertThat(client.stats().latencySeconds().handler()).isNotNull();
    assertThat(client.series("-5m", "10s").points()).hasSize(30);
    assertThat(client.nodes().nodes())
        .extracting(Nodes.Node::answered)
        .containsExactly(true, false, false);
    assertThat(client.errorGroups(100)).first().extracting(ErrorGroup::count).isEqualTo(812L);
    assertThat(client.subscriptions().all().items())
        .first()
        .extracting(Subscription::paused)
        .isNull();
    assertThat(client.jobs()).first().extracting(BulkJob::progress).isEqualTo(1.0);
    assertThat(client.activity(Optional.empty(), 100).items()).hasSize(20);
    assertThat(client.processing().inFlight()).isEqualTo(41);
  }

  @Test
  void unknownMembersAndStatuses_arePassedOver() {
    service.on(
        "GET /events",
        Reply.json(
            "["
                + Sample.event(1, false)
                    .replace("\"completed\"", "\"frozen\"")
                    .replace("}", ",\"new\":{\"a\":[1]}}")
                + "]"));

    assertThat(client.events(Filter.ALL, Optional.empty(), 10).items())
        .extracting(EventSummary::status)
        .containsExactly(Status.UNKNOWN);
  }

  @Test
  void event_keepsItsPayloadToTheLetter() {
    EventDetail event = client.event("order-7");

    assertThat(event.payload()).startsWith("{\"order_id\":4711,\"amount\":12.50,").endsWith("}}");
    assertThat(event.history().deliveries().getFirst().attempts()).hasSize(3);
    assertThat(event.summary().lastError()).isNotNull();
  }

  @Test
  void anyPayloadAndExtension_isRead() {
    String payload = "{\"" + "n".repeat(100_000) + "\":1,\"a\":1,\"a\":2}";
    service.on(
        "GET /events/*",
        Reply.json(
            Sample.detail("a", "failed")
                .replaceFirst(
                    "(?s)\"payload\":.*?}},",
                    "\"payload\":"
                        + payload
                        + ",\"extensions\":{\"n\":5,\"flag\":true,\"t\":\"x\"},")));

    EventDetail event = client.event("a");

    assertThat(event.payload()).isEqualTo(payload);
    assertThat(event.history().extensions()).isEqualTo(Map.of("n", "5", "flag", "true", "t", "x"));
  }

  @Test
  void hiddenPayload_isNone() {
    service.on(
        "GET /events/*",
        Reply.json(
            Sample.detail("a", "failed")
                .replaceFirst("(?s)\"payload\":.*?}},", "\"payload_hidden\":true,")));

    assertThat(client.event("a").payload()).isNull();
  }

  @Test
  void pages_goOnWhereTheLinkSays() {
    Page<EventSummary> first = client.events(Filter.ALL, Optional.empty(), 200);
    Page<EventSummary> second = client.events(Filter.ALL, first.next(), 200);

    assertThat(first.items()).hasSize(200);
    assertThat(second.items().getFirst().eventId()).isEqualTo("order-800");
    assertThat(client.events(Filter.ALL, Optional.of("900"), 200).next()).isEmpty();
  }

  @Test
  void lists_areAskedForWithoutPayloads() {
    client.events(Filter.ALL.withStatuses(List.of(Status.FAILED)), Optional.empty(), 50);

    assertThat(service.requests().getLast().path())
        .isEqualTo("/events?status=failed&limit=50&payload=false");
  }

  @Test
  void key_isSentWithEachRequest() {
    client.meta();
    client.stats();

    assertThat(service.requests())
        .allSatisfy(
            request -> assertThat(request.header("authorization")).contains("Bearer slc_k_secret"));
  }

  @Test
  void sameTag_givesTheSameObject() {
    service.on(
        "GET /stats",
        request ->
            request.header("if-none-match").equals(Optional.of("\"v1\""))
                ? new Reply(304, java.util.Map.of(), "", false, false)
                : Reply.json(Sample.stats()).with("ETag", "\"v1\""));

    Stats first = client.stats();

    assertThat(client.stats()).isSameAs(first);
    assertThat(service.requests("GET /stats"))
        .extracting(request -> request.header("if-none-match"))
        .containsExactly(Optional.empty(), Optional.of("\"v1\""));
  }

  @Test
  void tagOfAnotherRange_isNotSent() {
    service.on(
        "GET /stats/series",
        _ ->
            Reply.json(
                    "{\"from\":\"2026-03-14T09:00:00Z\",\"to\":\"2026-03-14T09:00:00Z\",\"step_seconds\":10,\"points\":[]}")
                .with("ETag", "\"s\""));

    client.series("-5m", "10s");
    client.series("-1h", "20s");

    assertThat(service.requests().getLast().header("if-none-match")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"429, 7", "503, 3"})
  void busyService_saysWhenToComeBack(int status, int seconds) {
    service.on(
        "GET /stats",
        Reply.problem(status, "rate_limited", "too many requests")
            .with("Retry-After", Integer.toString(seconds)));

    assertThat(faultOf(SluiceClient::stats))
        .isEqualTo(new Fault.Busy(status, "too many requests", Duration.ofSeconds(seconds)));
  }

  @Test
  void refusedKey_andWeakKey_areToldApart() {
    service.on("GET /meta", Reply.problem(401, "unauthorized", "the key is not known"));
    service.on("GET /stats", Reply.problem(403, "forbidden", "takes the role viewer"));

    assertThat(faultOf(SluiceClient::meta)).isEqualTo(new Fault.KeyRefused("the key is not known"));
    assertThat(faultOf(SluiceClient::stats)).isInstanceOf(Fault.Forbidden.class);
  }

  @Test
  void problem_isToldWithItsFields() {
    service.on(
        "POST /events",
        new Reply(
            400,
            java.util.Map.of("Content-Type", "application/problem+json"),
            """
            {"type":"x","title":"t","status":400,"detail":"not stored","code":"invalid_event",
             "errors":[{"pointer":"/payload","detail":"is required"}]}\
            """,
            false,
            false));

    Fault fault =
        faultOf(
            c ->
                c.send(
                    new NewEvent(Optional.empty(), "t", Optional.empty(), Optional.empty(), "1")));

    assertThat(fault.sentence()).isEqualTo("not stored; /payload is required");
  }

  static Stream<Reply> brokenReplies() {
    return Stream.of(Reply.json(Sample.stats()).cutOff(), Reply.json(Sample.stats()).dripping());
  }

  @ParameterizedTest
  @MethodSource("brokenReplies")
  void answerThatBreaksOffOrNeverEnds_isNone(Reply reply) {
    service.on("GET /stats", reply);

    try (SluiceClient impatient = client(Duration.ofMillis(500))) {
      assertThat(faultOf(impatient, SluiceClient::stats)).isInstanceOf(Fault.Unreachable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "<html>", "{\"as_of\":\"yesterday\"}", "{} {}"})
  void garbage_isNamedSo(String body) {
    service.on("GET /stats", Reply.garbage(body));

    assertThat(faultOf(SluiceClient::stats)).isInstanceOf(Fault.Garbage.class);
  }

  @Test
  void listWithHoles_isGarbage() {
    service.on("GET /subscriptions", Reply.garbage("[null]"));

    assertThat(faultOf(c -> c.subscriptions().all())).isInstanceOf(Fault.Garbage.class);
  }

  @Test
  void answerOfAnotherProgram_isGarbage() {
    service.on("GET /meta", new Reply(418, java.util.Map.of(), "<h1>Teapot</h1>", false, false));

    assertThat(faultOf(SluiceClient::meta)).isInstanceOf(Fault.Garbage.class);
  }

  @Test
  void nobodyThere_isUnreachable() {
    service.goAway();

    assertThat(faultOf(SluiceClient::meta).sentence()).isEqualTo("cannot connect");
  }

  @Test
  void closedClient_isUnreachable() {
    client.close();

    assertThat(faultOf(SluiceClient::meta)).isInstanceOf(Fault.Unreachable.class);
  }

  @Test
  void payloadOfANewEvent_goesOutToTheLetter() {
    service.on("POST /events", Reply.json(Sample.event(1, false)).withStatus(202));

    client.send(
        new NewEvent(
            Optional.of("a\"b"), "t", Optional.of("k"), Optional.empty(), "{\"n\": 12.50}"));

    assertThat(service.requests().getLast().body())
        .isEqualTo(
            "{\"event_id\":\"a\\\"b\",\"event_type\":\"t\",\"key\":\"k\",\"payload\":{\"n\":"
                + " 12.50}}");
  }

  @Test
  void editedReplay_sendsThePayload() {
    service.on("POST /events/*", Reply.json(Sample.event(2, false)).withStatus(202));

    assertThat(client.replayEdited("a/b c", "[1]")).isEqualTo("order-2");
    Request sent = service.requests().getLast();
    assertThat(sent.path()).isEqualTo("/events/a%2Fb%20c/replay");
    assertThat(sent.body()).isEqualTo("{\"payload\":[1]}");
  }

  @Test
  void eventNamedStream_isNotTheStream() {
    client.event("stream");

    assertThat(service.requests().getLast().path()).isEqualTo("/events/%73tream");
  }

  @Test
  void pauses_nameTheirScope() {
    service.on("POST /subscriptions/*", Reply.json("{}"));
    service.on("POST /processing/*", Reply.json("{}"));

    client.pause(Optional.of("a b"), "moving", Optional.empty());
    client.resume(Optional.empty());

    assertThat(service.requests())
        .extracting(request -> request.path() + request.body())
        .containsExactly("/subscriptions/a%20b/pause{\"reason\":\"moving\"}", "/processing/resume");
  }
}

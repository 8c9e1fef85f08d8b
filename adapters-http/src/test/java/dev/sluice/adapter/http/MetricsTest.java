package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void release() {
    server.handler().release();
  }

  private static double value(String name, String... labels) {
    return Metrics.of(server).value(name, labels);
  }

  private static void moves(String name, double by, Runnable action, String... labels) {
    double before = value(name, labels);
    action.run();
    Eventually.holds(name + " moves by " + by, () -> value(name, labels) - before >= by);
    assertThat(value(name, labels) - before).as(name).isEqualTo(by);
  }

  private static Runnable post(String json) {
    return () -> server.post(json);
  }

  @Test
  void accepted_countsEventsByType() {
    moves(
        "sluice_events_accepted_total", 1, post("{\"type\":\"m.a\",\"payload\":1}"), "type", "m.a");
    moves(
        "sluice_events_accepted_total",
        3,
        post("[" + "{\"type\":\"m.a\",\"payload\":1},".repeat(3) + "{}]"),
        "type",
        "m.a");
  }

  @Test
  void duplicatesAndConflicts_areCounted() {
    server.post("{\"event_id\":\"m-dup\",\"payload\":1}");

    moves("sluice_events_duplicate_total", 1, post("{\"event_id\":\"m-dup\",\"payload\":1}"));
    moves("sluice_events_duplicate_total", 1, post("[{\"event_id\":\"m-dup\",\"payload\":1}]"));
    moves("sluice_events_conflicting_total", 1, post("{\"event_id\":\"m-dup\",\"payload\":2}"));
    moves("sluice_events_conflicting_total", 1, post("[{\"event_id\":\"m-dup\",\"payload\":2}]"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = "{}|1\n{|1\n[{},7]|2\n[1|1")
  void rejectedEvents_areCounted(String body, int count) {
    moves("sluice_events_rejected_total", count, post(body));
  }

  @Test
  void attempts_areCountedByOutcome() {
    moves("sluice_attempts_total", 1, post("{\"payload\":1}"), "outcome", "succeeded");
    moves("sluice_attempts_total", 3, post("{\"payload\":{\"retry\":true}}"), "outcome", "failed");
    moves("sluice_retries_total", 2, post("{\"payload\":{\"retry\":true}}"));
    moves("sluice_dead_letters_total", 1, post("{\"payload\":{\"fail\":true}}"));
  }

  @Test
  void expiredDeliveries_areCounted() {
    moves("sluice_expired_total", 1, post("{\"payload\":1,\"expires_at\":1}"));
  }

  @Test
  void operatorsActions_areCounted() {
    server.post("{\"event_id\":\"m-op\",\"payload\":{\"fail\":true}}");
    server.await("m-op", "failed");

    moves("sluice_replays_total", 1, () -> server.method("POST", "/events/m-op/replay"));
    server.handler().block();
    server.post("[" + "{\"payload\":1},".repeat(16) + "{\"payload\":1}]");
    Eventually.holds("workers are busy", () -> server.application().load().inFlight() == 16);
    server.post("{\"event_id\":\"m-cancel\",\"payload\":1}");

    moves("sluice_cancellations_total", 1, () -> server.method("POST", "/events/m-cancel/cancel"));
  }

  @Test
  void gauges_showTheBacklog() {
    server.handler().block();
    server.post("[" + "{\"payload\":1},".repeat(19) + "{\"payload\":1}]");
    Eventually.holds("workers are busy", () -> server.application().load().inFlight() == 16);
    Eventually.holds(
        "what was claimed ahead is handed back",
        () -> value("sluice_backlog_deliveries", "state", "processing") == 16);

    assertThat(value("sluice_backlog_deliveries", "state", "received")).isPositive();
    assertThat(value("sluice_in_flight")).isEqualTo(16);
    assertThat(value("sluice_worker_slots")).isEqualTo(16);
    assertThat(value("sluice_oldest_waiting_seconds")).isPositive();
    assertThat(value("sluice_events_kept", "status", "processing")).isEqualTo(16);
  }

  @Test
  void requests_areCountedByRouteAndClass() {
    String name = "sluice_http_requests_seconds_count";

    moves(name, 1, () -> server.get("/events/x"), "route", "GET /events/{id}", "status", "4xx");
    moves(name, 1, () -> server.get("/x"), "route", "unmatched", "status", "4xx");
    moves(name, 1, post("{\"payload\":1}"), "route", "POST /events", "status", "2xx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sluice_accept_seconds",
        "sluice_handler_seconds",
        "sluice_accept_to_done_seconds"
      })
  void histogram_isCumulative(String name) {
    double before = value(name + "_count");
    server.post("{\"payload\":1}");
    Eventually.holds("it is counted", () -> value(name + "_count") > before);

    Metrics metrics = Metrics.of(server);
    List<Metrics.Sample> buckets =
        metrics.samples().stream().filter(one -> one.name().equals(name + "_bucket")).toList();

    assertThat(metrics.types().get(name)).isEqualTo("histogram");
    assertThat(buckets).extracting(Metrics.Sample::value).isSorted();
    assertThat(buckets)
        .extracting(one -> one.labels().get("le"))
        .endsWith("+Inf")
        .doesNotHaveDuplicates();
    assertThat(buckets.getLast().value()).isEqualTo(metrics.value(name + "_count"));
    assertThat(metrics.value(name + "_sum")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"process_cpu_seconds_total", "process_start_time_seconds"})
  void process_isShownUnderTheNamesOfPrometheus(String name) {
    assertThat(value(name)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process_open_fds",
        "process_max_fds",
        "process_resident_memory_bytes",
        "process_virtual_memory_bytes"
      })
  void processOnLinux_showsFilesAndMemory(String name) {
    boolean isLinux = Files.isReadable(Path.of("/proc/self/status"));

    assertThat(!isLinux || value(name) > 0).as(name).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jvm_memory_used_bytes", "jvm_threads_live_threads", "jvm_gc_max_data_size_bytes"})
  void jvm_isShown(String name) {
    assertThat(value(name)).isPositive();
  }

  @Test
  void service_isDescribed() {
    assertThat(value("sluice_build_info", "version", "1.2.3")).isEqualTo(1);
    assertThat(value("sluice_durability_info", "storage", "memory", "durability", "memory"))
        .isEqualTo(1);
    assertThat(value("sluice_log_dropped_total")).isEqualTo(7);
    assertThat(value("sluice_http_connections")).isPositive();
    assertThat(value("sluice_leases_lost_total")).isZero();
  }

  @Test
  void clients_chooseNoLabelButTheType() {
    server.call(
        server
            .request("/evil-path/evil?evil=1")
            .header("x-request-id", "evil-id")
            .header("User-Agent", "evil"));
    server.method("EVIL", "/events");
    server.post(
        "{\"event_id\":\"evil\",\"key\":\"evil\",\"source\":\"evil\",\"payload\":\"evil\"}");

    assertThat(server.get("/metrics").body().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("evil");
  }

  @Test
  void strangeType_isEscaped() {
    server.post("{\"type\":\"a\\\"b\\\\c}é\",\"payload\":1}").hasStatus(202);

    assertThat(Metrics.of(server).samples())
        .anyMatch(one -> "a\\\"b\\\\c}é".equals(one.labels().get("type")));
  }
}

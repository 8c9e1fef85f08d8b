package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/api.md and docs/metrics.md name what there is, all of it and nothing else.
final class ApiDocsTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern CALL =
      Pattern.compile("`((?:GET|POST|PUT|PATCH|DELETE) /[^`\\s?]*)[^`]*`");
  private static final Pattern METRIC = Pattern.compile("`(sluice_[a-z_]+)");

  /// What a storage, TLS or webhooks bring along that a test server does not have.
  private static final Set<String> ELSEWHERE =
      Set.of(
          "sluice_broker_queue_messages",
          "sluice_broker_unacknowledged",
          "sluice_broker_redelivered_total",
          "sluice_broker_foreign_dead_letters_total",
          "sluice_broker_redis_memory_used_bytes",
          "sluice_broker_redis_memory_limit_bytes",
          "sluice_broker_figures_age_seconds",
          "sluice_storage_full",
          "sluice_storage_log_bytes",
          "sluice_tls_certificate_not_after_seconds",
          "sluice_webhook_responses_total");

  private static Set<String> named(String page, Pattern what) throws IOException {
    return what.matcher(Files.readString(DOCS.resolve(page)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The page names some calls by a path of their own, such as `GET /events/{id}` for one event.
  @Test
  void apiPage_namesEveryCallAndNoOther() throws IOException {
    Set<String> described = new TreeSet<>(DescribedApi.read().operations());

    assertThat(named("api.md", CALL)).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void metricsPage_namesEveryMetricAndNoOther() throws IOException {
    try (TestServer server = TestServer.start()) {
      server.get("/events").hasStatus(200);
      Set<String> all = new TreeSet<>(ELSEWHERE);
      Metrics.of(server).types().keySet().stream()
          .filter(name -> name.startsWith("sluice_"))
          .filter(name -> !name.endsWith("_max"))
          .forEach(all::add);

      assertThat(named("metrics.md", METRIC)).containsExactlyInAnyOrderElementsOf(all);
    }
  }
}

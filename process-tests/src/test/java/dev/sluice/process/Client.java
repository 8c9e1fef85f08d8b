package dev.sluice.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Sends requests to a running service.
public final class Client implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final URI address;

  public Client(Program program) {
    this(program.address());
  }

  /// @param address of a node, which may be replaced by another one with the same address
  public Client(URI address) {
    this.address = address;
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String json) throws IOException, InterruptedException {
    return post("/events", json);
  }

  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  /// Sends a request with a JSON body.
  ///
  /// @param headers names and values
  public HttpResponse<String> send(String method, String path, String json, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  public JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  /// Reads all pages of a list. A page may be shorter than its limit; only the link says that there
  /// is another one.
  ///
  /// @param path of the first page
  public List<JsonNode> all(String path) throws IOException, InterruptedException {
    List<JsonNode> elements = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      HttpResponse<String> page = get(next);
      read(page).forEach(elements::add);
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse("");
    }
    return elements;
  }

  /// Returns the number at a JSON pointer.
  public long number(String path, String pointer) {
    try {
      return json(path).at(pointer).asLong(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Whether the service's last count, which it takes once a second, had no unfinished deliveries.
  ///
  /// @param since an older count is ignored
  public boolean hasNothingLeft(Instant since) {
    try {
      JsonNode stats = json("/stats");
      return !Instant.parse(stats.path("as_of").asText()).isBefore(since)
          && stats.at("/backlog/total").asLong(-1) == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Parses the body.
  public static JsonNode read(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /// Waits until the event has this status.
  public void awaitStatus(String eventId, String status) {
    Eventually.holds(eventId + " is " + status, () -> statusOf(eventId).equals(status));
  }

  private String statusOf(String eventId) {
    try {
      return json("/events/" + eventId).path("status").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(LIMIT);
  }

  @Override
  public void close() {
    http.close();
  }
}

package dev.sluice.admin.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Sends requests and reads their responses, within limits on time and size.
///
/// Blocks the calling thread, which is a virtual one. Every failure is thrown as an [ApiException].
final class Exchange implements AutoCloseable {

  static final String IF_MATCH = "If-Match";
  static final String IF_NONE_MATCH = "If-None-Match";

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// Maximum size of a response, in bytes.
  private static final int LARGEST_ANSWER = 32 << 20;

  /// Which time limit applies to a request.
  enum Patience {
    USUAL,

    /// For requests that make the service count or scan many events.
    LONG
  }

  /// @param usual limit for most requests
  /// @param lengthy limit for [Patience#LONG]
  record Limits(Duration usual, Duration lengthy) {

    static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private Duration of(Patience patience) {
      return patience == Patience.LONG ? lengthy : usual;
    }
  }

  private final Target target;
  private final Limits limits;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /// Last response with an ETag, by slot.
  private final Map<String, Tagged> tagged = new ConcurrentHashMap<>();

  Exchange(Target target, Limits limits) {
    this.target = target;
    this.limits = limits;
  }

  private record Tagged(String path, String tag, Object value) {}

  /// Requests a value.
  <T> T get(String path, Class<T> type) {
    return read(ask(path, Patience.USUAL), type);
  }

  /// Requests a list.
  <T> List<T> list(String path, Class<T> element) {
    return readList(ask(path, Patience.USUAL), element);
  }

  /// Requests a value with the ETag of the previous one. If the service answers that it is
  /// unchanged (304), returns the same object again.
  ///
  /// @param slot name under which the last response is kept, one for each slot
  <T> T getTagged(String slot, String path, Class<T> type) {
    Optional<Tagged> before =
        Optional.ofNullable(tagged.get(slot)).filter(same -> same.path.equals(path));
    HttpResponse<byte[]> response =
        answer(
            "GET",
            path,
            BodyPublishers.noBody(),
            before.map(known -> Map.of(IF_NONE_MATCH, known.tag)).orElse(Map.of()),
            Patience.USUAL);
    if (response.statusCode() == 304 && before.isPresent()) {
      return type.cast(before.get().value);
    }
    T value = read(response, type);
    response
        .headers()
        .firstValue("ETag")
        .ifPresent(etag -> tagged.put(slot, new Tagged(path, etag, value)));
    return value;
  }

  /// Sends a GET and returns the complete response.
  HttpResponse<byte[]> ask(String path, Patience patience) {
    return answer("GET", path, BodyPublishers.noBody(), Map.of(), patience);
  }

  /// Sends a request that changes something.
  HttpResponse<byte[]> send(String method, String path, Optional<byte[]> json, Patience patience) {
    return send(method, path, json, Map.of(), patience);
  }

  /// Sends a request that changes something.
  ///
  /// @param headers further headers, such as the version that may be changed
  HttpResponse<byte[]> send(
      String method,
      String path,
      Optional<byte[]> json,
      Map<String, String> headers,
      Patience patience) {
    BodyPublisher body = json.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
    return answer(method, path, body, headers, patience);
  }

  private HttpResponse<byte[]> answer(
      String method,
      String path,
      BodyPublisher body,
      Map<String, String> headers,
      Patience patience) {
    Duration limit = limits.of(patience);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.at(path)).method(method, body).timeout(limit);
    target.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    headers.forEach(request::header);
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> response = wait(request.build(), limit);
    int status = response.statusCode();
    if (status / 100 == 2 || (status == 304 && headers.containsKey(IF_NONE_MATCH))) {
      return response;
    }
    throw new ApiException(Faults.of(response));
  }

  /// Applies the limit to the whole response. The client's own timeout ends with the headers, so a
  /// body that trickles in would take forever.
  private HttpResponse<byte[]> wait(HttpRequest request, Duration limit) {
    CompletableFuture<HttpResponse<byte[]>> answer = begin(request);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable("the request was interrupted");
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unreachable("no response within " + limit.toSeconds() + " s");
    } catch (ExecutionException broken) {
      throw unreachable(reason(broken.getCause()));
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest request) {
    try {
      return client.sendAsync(
          request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    } catch (RejectedExecutionException closed) {
      throw unreachable("the connection was closed");
    }
  }

  private static String reason(@Nullable Throwable broken) {
    return switch (broken) {
      case java.net.http.HttpTimeoutException _ -> "no response in time";
      case ConnectException _ -> "cannot connect";
      case javax.net.ssl.SSLException tls -> "TLS failed: " + tls.getMessage();
      case null -> "the connection was lost";
      default -> "the connection was lost: " + broken.getMessage();
    };
  }

  private static ApiException unreachable(String why) {
    return new ApiException(new Fault.Unreachable(why));
  }

  /// Parses a response body as one value.
  static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    try {
      return Json.read(response.body(), type);
    } catch (IOException wrong) {
      throw Faults.garbage(response, wrong);
    }
  }

  /// Parses a response body as a list.
  static <T> List<T> readList(HttpResponse<byte[]> response, Class<T> element) {
    try {
      return Json.readList(response.body(), element);
    } catch (IOException wrong) {
      throw Faults.garbage(response, wrong);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

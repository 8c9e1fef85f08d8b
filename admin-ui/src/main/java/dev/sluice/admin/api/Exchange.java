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

/// Sends one request and reads its answer, within limits of time and size.
///
/// Blocks its thread, which is a virtual one. Whatever goes wrong comes out as an [ApiException].
final class Exchange implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// Most bytes of an answer.
  private static final int LARGEST_ANSWER = 32 << 20;

  /// How long to wait for an answer.
  enum Patience {
    USUAL,

    /// For what lets the service count or look through many events.
    LONG
  }

  /// @param usual for most requests
  /// @param lengthy for those that make the service work
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

  /// Answers that can be asked for again with their tag, by path.
  private final Map<String, Tagged> tagged = new ConcurrentHashMap<>();

  Exchange(Target target, Limits limits) {
    this.target = target;
    this.limits = limits;
  }

  private record Tagged(String path, String tag, Object value) {}

  /// Asks for a value.
  <T> T get(String path, Class<T> type) {
    return read(ask(path, Patience.USUAL), type);
  }

  /// Asks for a list.
  <T> List<T> list(String path, Class<T> element) {
    return readList(ask(path, Patience.USUAL), element);
  }

  /// Asks for a value that the service may say is still the same, in which case the same object
  /// comes again.
  ///
  /// @param slot what the tag is kept for: one answer is kept for each
  <T> T getTagged(String slot, String path, Class<T> type) {
    Optional<Tagged> before =
        Optional.ofNullable(tagged.get(slot)).filter(same -> same.path.equals(path));
    HttpResponse<byte[]> response =
        answer("GET", path, BodyPublishers.noBody(), before.map(Tagged::tag), Patience.USUAL);
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

  /// The whole answer, for callers that need more than its value.
  HttpResponse<byte[]> ask(String path, Patience patience) {
    return answer("GET", path, BodyPublishers.noBody(), Optional.empty(), patience);
  }

  /// Has something done.
  HttpResponse<byte[]> send(String method, String path, Optional<byte[]> json, Patience patience) {
    BodyPublisher body = json.map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
    return answer(method, path, body, Optional.empty(), patience);
  }

  private HttpResponse<byte[]> answer(
      String method, String path, BodyPublisher body, Optional<String> tag, Patience patience) {
    Duration limit = limits.of(patience);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.at(path)).method(method, body).timeout(limit);
    target.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    tag.ifPresent(value -> request.header("If-None-Match", value));
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> response = wait(request.build(), limit);
    int status = response.statusCode();
    if (status / 100 == 2 || (status == 304 && tag.isPresent())) {
      return response;
    }
    throw new ApiException(Faults.of(response));
  }

  /// The limit is for the whole answer: the client's own is over with the headers, and then a body
  /// that trickles would take for ever.
  private HttpResponse<byte[]> wait(HttpRequest request, Duration limit) {
    CompletableFuture<HttpResponse<byte[]>> answer = begin(request);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable("stopped before the answer came");
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unreachable("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException broken) {
      throw unreachable(reason(broken.getCause()));
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest request) {
    try {
      return client.sendAsync(
          request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    } catch (RejectedExecutionException closed) {
      throw unreachable("the connection was given up");
    }
  }

  private static String reason(@Nullable Throwable broken) {
    return switch (broken) {
      case java.net.http.HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "nothing answers there";
      case javax.net.ssl.SSLException tls -> "TLS failed: " + tls.getMessage();
      case null -> "the connection broke";
      default -> "the connection broke: " + broken.getMessage();
    };
  }

  private static ApiException unreachable(String why) {
    return new ApiException(new Fault.Unreachable(why));
  }

  /// The value of an answer.
  static <T> T read(HttpResponse<byte[]> response, Class<T> type) {
    try {
      return Json.read(response.body(), type);
    } catch (IOException wrong) {
      throw Faults.garbage(response, wrong);
    }
  }

  /// The values of an answer that is a list.
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

package dev.sluice.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measures operator requests, one after the other over one connection, and prints their median and
/// 99th percentile.
///
/// Arguments: URL, calls of each kind.
public final class OperatorCalls {

  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");
  private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\":\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final int calls;

  private OperatorCalls(String url, int calls) {
    this.url = url;
    this.calls = calls;
  }

  /// Runs the benchmark.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new OperatorCalls(arguments[0], Integer.parseInt(arguments[1])).run();
  }

  private void run() throws IOException, InterruptedException {
    // Warms up client and service.
    for (int call = 0; call < calls; call++) {
      get("/meta");
    }
    String old = first(EVENT_ID, get("/events?status=failed&limit=1"));
    String error = first(FINGERPRINT, get("/dead-letters/groups?limit=1"));
    for (String path : paths(old, error)) {
      measure(path);
    }
    measurePlan();
  }

  private static List<String> paths(String event, String error) {
    return List.of(
        "/stats",
        "/events?limit=100",
        "/events?status=failed&limit=100",
        "/events?event_type=order.paid&limit=100",
        "/events?event_type=order.paid&status=failed&limit=100",
        "/events?error=" + error + "&limit=100",
        "/events?status=failed&text=4711&limit=100",
        "/events?event_type=order.paid&text=%22nowhere%22&limit=100",
        "/events/" + event,
        "/events/" + event + "/explain",
        "/stats/series?from=-7d",
        "/dead-letters/groups",
        "/nodes",
        "/activity");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "none";
  }

  private String get(String path) throws IOException, InterruptedException {
    return body(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  private String body(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(request.uri() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private void measure(String path) throws IOException, InterruptedException {
    for (int call = 0; call < calls / 3; call++) {
      get(path);
    }
    long[] nanos = timesOf(path);
    Arrays.sort(nanos);
    System.out.println(
        String.format(
            Locale.ROOT,
            "  GET %-58s p50 %7.2f ms   p99 %7.2f ms",
            path,
            nanos[calls / 2] / 1e6,
            nanos[calls * 99 / 100] / 1e6));
  }

  private long[] timesOf(String path) throws IOException, InterruptedException {
    long[] nanos = new long[calls];
    for (int call = 0; call < calls; call++) {
      long begin = System.nanoTime();
      get(path);
      nanos[call] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private void measurePlan() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String filter = "{\"action\":\"replay\",\"filter\":{\"event_type\":\"order.paid\"}}";
    body(
        HttpRequest.newBuilder(URI.create(url + "/bulk/plan"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(filter))
            .build());
    System.out.println(
        String.format(
            Locale.ROOT,
            "  POST /bulk/plan for all events of a type: %.0f ms",
            (System.nanoTime() - begin) / 1e6));
  }
}

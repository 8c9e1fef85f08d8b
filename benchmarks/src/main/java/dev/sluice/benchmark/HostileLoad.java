package dev.sluice.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Runs one kind of hostile client at a time, together with steady good traffic, and prints the
/// effect on the good producers.
public final class HostileLoad {

  private static final int GOOD_PER_SECOND = 100;
  private static final int LARGE_EVENTS = 300;

  private final URI service;
  private final Path status;
  private final Path temporaryFolder;
  private final int seconds;
  private final GoodTraffic good;
  private boolean isBad;

  private HostileLoad(URI service, Path status, Path temporaryFolder, int seconds) {
    this.service = service;
    this.status = status;
    this.temporaryFolder = temporaryFolder;
    this.seconds = seconds;
    this.good = new GoodTraffic(service, GOOD_PER_SECOND);
  }

  /// Arguments: address of the service, its process id, its folder for temporary files, seconds per
  /// kind, kinds (default: all). Exits with 1 if a good producer got a response other than 202 or
  /// 503.
  public static void main(String[] arguments) throws Exception {
    var load =
        new HostileLoad(
            URI.create(arguments[0]),
            Path.of("/proc", arguments[1], "status"),
            Path.of(arguments[2]),
            Integer.parseInt(arguments[3]));
    load.run(List.of(arguments).subList(4, arguments.length));
    if (load.isBad) {
      System.exit(1);
    }
  }

  private void run(List<String> named) throws IOException, InterruptedException {
    storeLargeEvents();
    good.send(seconds);
    for (HostileClient kind : HostileClient.values()) {
      if (named.isEmpty() || named.contains(kind.name())) {
        measure(kind);
      }
    }
  }

  private void storeLargeEvents() throws IOException, InterruptedException {
    String text = "x".repeat(1_000_000);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int number = 0; number < LARGE_EVENTS; number++) {
        String id = number == 0 ? HostileClient.LARGE_ID : "large-" + number;
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(service + "/events"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"event_id\":\"" + id + "\",\"payload\":\"" + text + "\"}"))
                .build();
        client.send(request, BodyHandlers.discarding());
      }
    }
  }

  private void measure(HostileClient kind) throws IOException {
    GoodTraffic.Seen before = good.send(seconds);
    GoodTraffic.Seen beside;
    long temporary;
    try (var _ = HostileProcess.start(service, kind)) {
      beside = good.send(seconds);
      temporary = bytesIn(temporaryFolder);
    }
    isBad |= beside.statuses().keySet().stream().anyMatch(code -> code != 202 && code != 503);
    report(kind, before, beside, temporary);
  }

  private void report(
      HostileClient kind, GoodTraffic.Seen before, GoodTraffic.Seen beside, long temporary)
      throws IOException {
    System.out.printf(
        "%-17s alone p50 %7.1f p99 %7.1f ms   beside p50 %7.1f p99 %7.1f ms   p99 ratio %6.1f   answers %s   resident %d MiB   temporary files %d MiB%n",
        kind,
        before.percentile(0.5),
        before.percentile(0.99),
        beside.percentile(0.5),
        beside.percentile(0.99),
        beside.percentile(0.99) / before.percentile(0.99),
        beside.statuses(),
        residentMebibytes(),
        temporary >> 20);
  }

  /// Returns the peak resident memory of the process.
  private long residentMebibytes() throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  private static long bytesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}

package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// API keys of the packaged program.
final class KeysIT {

  private static final Map<String, String> EVERYWHERE = Map.of("BIND_ADDRESS", "0.0.0.0");
  private static final String ADMIN_KEY = "slc_boss_" + "0".repeat(64);

  @TempDir private Path folder;

  private List<String> run(String... arguments) throws IOException, InterruptedException {
    try (var program = Program.start(folder, Map.of(), arguments)) {
      assertThat(program.exitCode()).as(program.err().toString()).isZero();
      return program.out();
    }
  }

  private static int status(URI address, String path, String key) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
      if (!key.isEmpty()) {
        request.header("Authorization", "Bearer " + key);
      }
      if (path.equals("/events")) {
        request.POST(BodyPublishers.ofString("{\"payload\":1}"));
      }
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void serviceThatOthersCanReach_doesNotStartWithoutAKey() throws Exception {
    var environment = new HashMap<>(EVERYWHERE);
    environment.put("PORT", "0");
    try (var program = Program.start(folder, environment, "serve")) {
      assertThat(program.exitCode()).isEqualTo(1);

      assertThat(program.out()).isEmpty();
      assertThat(program.err())
          .singleElement()
          .asString()
          .contains("./sluice keys add --owner me --role admin", "AUTH=off");
    }
  }

  @Test
  void keysOfTheCommandLine_openAndCloseARunningService() throws Exception {
    String first = run("keys", "add", "--owner", "me", "--role", "admin").getFirst();
    try (var program = Program.serve(folder, EVERYWHERE)) {
      URI address = program.address();
      assertThat(status(address, "/stats", "")).isEqualTo(401);
      assertThat(status(address, "/stats", first)).isEqualTo(200);
      assertThat(status(address, "/health", "")).isEqualTo(200);

      String second = run("keys", "add", "--owner", "shop", "--role", "producer").getFirst();
      Eventually.holds("it is known", () -> status(address, "/events", second) == 202);
      assertThat(status(address, "/stats", second)).isEqualTo(403);

      run("keys", "revoke", second.split("_", -1)[1]);
      Eventually.holds("it is refused", () -> status(address, "/events", second) == 401);
      assertThat(status(address, "/events", first)).isEqualTo(202);
      assertThat(program.err()).noneMatch(line -> line.contains(second) || line.contains(first));
    }
  }

  @Test
  void adminKey_opensTheMemoryStorage() throws Exception {
    var environment = new HashMap<>(EVERYWHERE);
    environment.put("STORAGE", "memory");
    environment.put("ADMIN_KEY", ADMIN_KEY);
    try (var program = Program.serve(folder, environment)) {
      assertThat(status(program.address(), "/keys", ADMIN_KEY)).isEqualTo(200);
      assertThat(status(program.address(), "/keys", "")).isEqualTo(401);
    }
  }

  @Test
  void openService_saysThatItIsOne() throws Exception {
    try (var program = Program.serve(folder, Map.of())) {
      assertThat(status(program.address(), "/stats", "")).isEqualTo(200);
      assertThat(program.err()).anyMatch(line -> line.contains("open: every program"));
    }
    var off = new HashMap<>(EVERYWHERE);
    off.put("AUTH", "off");
    try (var program = Program.serve(folder, off)) {
      assertThat(status(program.address(), "/stats", "")).isEqualTo(200);
      assertThat(program.err()).anyMatch(line -> line.contains("AUTH is off"));
    }
  }
}

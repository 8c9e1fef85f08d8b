package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console in a real window. Needs Xvfb and GTK 3; without them, `./sluice check` leaves it out
/// and says so.
@Tag("window")
final class WindowIT {

  /// The green behind the word “live” in the light theme.
  private static final int GREEN = 0xdafbe1;

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern ADDRESS =
      Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder;

  @Test
  void console_showsTheRealService_andAsksIt() throws Exception {
    try (var service = service();
        var display = new Display(folder)) {
      String address = address(service);
      send(address, 60);
      try (var console = console(display, address)) {
        Waiting.until(
            "a window that is live, in " + console.said(),
            Duration.ofSeconds(40),
            () -> isLive(display.picture()));

        assertThat(service.said()).contains("/meta", "/stats", "/stats/series");
        assertThat(console.said()).isEmpty();
        assertThat(console.isAlive()).isTrue();
        assertThat(console.end()).isTrue();
      }
    }
  }

  private Child service() {
    Path jar = Path.of(System.getProperty("sluice.jar"));
    assertThat(jar).as("the service, built by the module server").exists();
    return new Child(
        folder.resolve("service.txt"),
        Map.of("PORT", "0", "STORAGE", "memory", "ACCESS_LOG", "on", "LOG_FORMAT", "text"),
        Jvm.command("serve"));
  }

  private static String address(Child service) {
    Matcher found =
        ADDRESS.matcher(service.waitFor("its address", said -> ADDRESS.matcher(said).find()));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static void send(String address, int events) throws IOException, InterruptedException {
    String body =
        IntStream.range(0, events)
            .mapToObj(number -> "{\"event_id\":\"e-" + number + "\",\"payload\":" + number + "}")
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    try (var client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/events"))
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString("[" + body + "]"))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
    }
  }

  private Child console(Display display, String address) {
    Path home = folder.resolve("home");
    Path program = Path.of(System.getProperty("console.jar"));
    String modules = javafxJars(program.resolveSibling("lib"));
    return new Child(
        folder.resolve("console.txt"),
        Map.of("DISPLAY", display.name(), "SLUICE_CONSOLE_HOME", home.toString()),
        List.of(
            JAVA.toString(),
            "-Dprism.order=sw",
            "--module-path=" + modules,
            "--add-modules=javafx.controls",
            "--enable-native-access=javafx.graphics",
            "-jar",
            program.toString(),
            address));
  }

  private static String javafxJars(Path lib) {
    try (var jars = Files.list(lib)) {
      return String.join(
          System.getProperty("path.separator"),
          jars.map(Path::toString).filter(jar -> jar.contains("javafx-")).sorted().toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isLive(BufferedImage picture) {
    keep(picture);
    return count(picture, GREEN) > 200;
  }

  private static int count(BufferedImage picture, int colour) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += (picture.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }

  /// Keeps the picture for inspection.
  private static void keep(BufferedImage picture) {
    try {
      Path file = Path.of("target", "window", "console.png");
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.sluice.server;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A checkout with the real launcher, and with a fake JDK and Maven that only record how they were
/// called, so that a test of the launcher takes milliseconds.
final class FakeCheckout {

  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *showSettings*) echo "    java.home = $(cd "$(dirname "$0")/.." && pwd)" >&2 ;;
        *) printf '%s\\n' "$*" >>"$(dirname "$0")/java.log" ;;
      esac
      for argument in "$@"; do
        case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}" ;; esac
      done
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      printf '%s\\n' "$JAVA_HOME $*" >>maven.log
      tries=0
      while [ -f hold ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
      mkdir -p server/target/quick/sluice
      : >server/target/quick/sluice/sluice-server.jar
      """;

  private final Path folder;
  private final Path root;

  /// @param folder an empty folder, for everything
  FakeCheckout(Path folder) throws IOException {
    this(folder, folder.resolve("checkout"));
    Files.createDirectories(root.resolve("server/src/main"));
    Files.createDirectory(root.resolve(".mvn"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("server/pom.xml"), "");
    Files.copy(Path.of("..", "sluice"), root.resolve("sluice"), StandardCopyOption.COPY_ATTRIBUTES);
    program(root.resolve("mvnw"), MAVEN);
    jdk(folder.resolve("jdk"), "25");
  }

  private FakeCheckout(Path folder, Path root) {
    this.folder = folder;
    this.root = root;
  }

  /// Creates a fake JDK of the given version.
  static void jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    program(home.resolve("bin/java"), JAVA);
    program(home.resolve("bin/javac"), "");
    Files.writeString(home.resolve("lib/modules"), "");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  /// Writes an executable file.
  static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  /// Copies the checkout, including everything built in it.
  FakeCheckout copy(String name) throws IOException {
    Path other = folder.resolve(name);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            other.resolve(root.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new FakeCheckout(folder, other);
  }

  Path root() {
    return root;
  }

  /// Returns the arguments of each call of the JDK.
  List<String> javaCalls() {
    return lines(folder.resolve("jdk/bin/java.log"));
  }

  /// Returns the arguments of each call of Maven, after its `JAVA_HOME`.
  List<String> mavenCalls() {
    return lines(root.resolve("maven.log"));
  }

  /// Makes builds start but not end, until [#endBuilds].
  void holdBuilds() throws IOException {
    Files.writeString(root.resolve("hold"), "");
  }

  void endBuilds() throws IOException {
    Files.delete(root.resolve("hold"));
  }

  /// Runs the launcher with the JDK of this checkout, and waits for its end.
  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of("SLUICE_JAVA_HOME", folder.resolve("jdk").toString()), arguments);
  }

  /// Runs the launcher in the test's folder, and waits for its end.
  ///
  /// @param environment its variables, except the path
  Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Started started = start(environment, arguments);
    int code = started.process.waitFor();
    return new Ended(code, String.join("\n", lines(started.output)));
  }

  /// Starts the launcher with the JDK of this checkout.
  Started start(String... arguments) throws IOException {
    return start(Map.of("SLUICE_JAVA_HOME", folder.resolve("jdk").toString()), arguments);
  }

  private Started start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("sluice").toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(environment);
    return new Started(builder.start(), output);
  }

  /// The result of a run of the launcher.
  record Ended(int code, String output) {}

  /// A run of the launcher that has not ended.
  record Started(Process process, Path output) implements AutoCloseable {

    void awaitOutput(String text) {
      Eventually.holds(
          "the launcher prints " + text, () -> String.join("\n", lines(output)).contains(text));
    }

    int exitCode() {
      Eventually.holds("the launcher has ended", () -> !process.isAlive());
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.sluice.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A process that the test starts and ends, with its output in a file.
final class Child implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  Child(Path output, Map<String, String> environment, List<String> command) {
    this.output = output;
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns its output so far.
  String said() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until its output satisfies a condition.
  String waitFor(String what, Predicate<String> is) {
    Waiting.until(what, PATIENCE, () -> is.test(said()) || !process.isAlive());
    if (!is.test(said())) {
      throw new AssertionError("ended without " + what + ": " + said());
    }
    return said();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Terminates it as the system would.
  ///
  /// @return whether it ended within ten seconds
  boolean end() throws InterruptedException {
    process.destroy();
    return process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package dev.sluice.contract.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds and runs programs of the machine.
final class Programs {

  private Programs() {}

  /// Returns the path at which the shell would find the program.
  static Optional<Path> onPath(String name) {
    String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(folders.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Runs a program and returns what it writes to its standard output.
  ///
  /// @throws IllegalStateException when it fails or does not end in time
  static String run(Duration limit, ProcessBuilder program) {
    try {
      // Files, because a pipe that is not read would block the program, and reading one has no
      // timeout.
      Path output = Files.createTempFile("sluice-program", ".out");
      Path errors = Files.createTempFile("sluice-program", ".err");
      try {
        Process process =
            program.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        String outcome = outcome(process, limit);
        if (!outcome.isEmpty()) {
          throw new IllegalStateException(
              "%s %s: %s%s"
                  .formatted(
                      String.join(" ", program.command()),
                      outcome,
                      Files.readString(output),
                      Files.readString(errors)));
        }
        return Files.readString(output);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns how the program failed; empty when it did not.
  private static String outcome(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "did not end within " + limit.toSeconds() + " s";
      }
      return process.exitValue() == 0 ? "" : "ended with " + process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return "was interrupted";
    }
  }
}

package dev.sluice.contract.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/// A server in Docker that a test started.
///
/// @param id Docker's id of the container
/// @param port port of loopback that leads to the server
record Container(String id, int port) implements AutoCloseable {

  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(30);
  // An image that this machine does not have yet is downloaded.
  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Starts a container and waits until its server answers.
  ///
  /// @param inside the port that its server listens on
  /// @throws IllegalStateException with Docker's output when that failed
  static Container start(String image, int inside, IntPredicate answers) throws IOException {
    String id =
        docker(LONGEST_RUN, "run", "--rm", "--detach", "--publish", "127.0.0.1:0:" + inside, image)
            .strip();
    try {
      Container container = new Container(id, portOf(id, inside));
      container.awaitAnswer(image, answers);
      return container;
    } catch (IOException | IllegalStateException e) {
      remove(id);
      throw e;
    }
  }

  private static int portOf(String id, int inside) {
    String address =
        docker(LONGEST_COMMAND, "port", id, inside + "/tcp").lines().toList().getFirst();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  private void awaitAnswer(String image, IntPredicate answers) throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!answers.test(port)) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new IOException(
            "no answer from %s within %d s:\n%s"
                .formatted(
                    image,
                    LONGEST_START.toSeconds(),
                    docker(LONGEST_COMMAND, "logs", "--tail", "40", id)));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  static String docker(Duration limit, String... arguments) {
    ProcessBuilder docker = new ProcessBuilder("docker");
    docker.command().addAll(List.of(arguments));
    return Programs.run(limit, docker);
  }

  private static void remove(String id) {
    docker(LONGEST_COMMAND, "rm", "--force", "--volumes", id);
  }

  @Override
  public void close() {
    remove(id);
  }
}

package dev.sluice.contract.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server that a test started. It does not outlive the JVM, unless that is killed (SIGKILL).
final class ServerProcess {

  // RabbitMQ has needed more than 60 s on a busy machine with two cores.
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int TAIL_LINES = 40;

  // The running servers. A concurrent set, because the shutdown hook ends those that are left.
  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> RUNNING.forEach(ServerProcess::endTree)));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// Starts a server and waits until it answers.
  ///
  /// @param log receives the output of its standard streams
  /// @throws IOException with the end of the log when it exits or does not answer in time
  static ServerProcess start(ProcessBuilder program, Path log, BooleanSupplier answers)
      throws IOException {
    program
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    ServerProcess server = new ServerProcess(program.command().getFirst(), program.start(), log);
    RUNNING.add(server);
    try {
      server.awaitAnswer(answers);
      return server;
    } catch (IOException e) {
      server.kill();
      throw e;
    }
  }

  private void awaitAnswer(BooleanSupplier answers) throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    // Checks that it is alive first: if another process took the port, that process answers.
    while (!process.isAlive() || !answers.getAsBoolean()) {
      if (!process.isAlive()) {
        throw new IOException(failure("ended with " + process.exitValue() + " at its start"));
      }
      if (System.nanoTime() > end) {
        throw new IOException(failure("no answer within " + LONGEST_START.toSeconds() + " s"));
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException(failure("interrupted before it answered"));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String failure(String what) throws IOException {
    // A log may not be valid UTF-8 to its last byte when its writer has failed.
    List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "%s: %s; the end of its log:\n%s".formatted(name, what, String.join("\n", last));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Asks the server to stop, and kills it if it does not.
  void terminate() {
    process.destroy();
    awaitEnd();
    kill();
  }

  /// Kills the server and all processes that it started (SIGKILL).
  void kill() {
    endTree();
    RUNNING.remove(this);
  }

  private void endTree() {
    // Looked up first: a process that has lost its parent is no longer a descendant.
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    // Waits only for the server: the process that inherits the descendants may never reap them, as
    // in a container without init.
    awaitEnd();
  }

  private void awaitEnd() {
    long end = System.nanoTime() + LONGEST_STOP.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}

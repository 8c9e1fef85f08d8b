package dev.sluice.contract.servers;

import dev.sluice.contract.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real Redis on a free port of loopback, for tests. It keeps nothing on disk by default.
public final class RedisServer implements AutoCloseable {

  private static final String SERVER = "redis-server";

  private final Path folder;
  private final int port;
  private final List<String> options;
  private ServerProcess server;

  private RedisServer(Path folder, int port, List<String> options, ServerProcess server) {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.server = server;
  }

  /// Returns whether this machine has what [#start] needs.
  public static boolean isInstalled() {
    return Programs.onPath(SERVER).isPresent();
  }

  /// Starts a new, empty server.
  ///
  /// @param folder for its files
  /// @param options as `redis-server` takes them: `"--appendonly", "yes"`
  /// @throws IOException with the end of its log when it is not ready in time
  /// @throws IllegalStateException when Redis is not installed
  public static RedisServer start(Path folder, String... options) throws IOException {
    Path files = Files.createTempDirectory(folder.toAbsolutePath(), "redis");
    int port = LoopbackPorts.free(1).getFirst();
    List<String> all = List.of(options);
    return new RedisServer(files, port, all, run(files, port, all));
  }

  private static ServerProcess run(Path folder, int port, List<String> options) throws IOException {
    Path program =
        Programs.onPath(SERVER)
            .orElseThrow(() -> new IllegalStateException("Redis is not installed"));
    ProcessBuilder redis = new ProcessBuilder(program.toString()).directory(folder.toFile());
    redis.command().addAll(List.of("--bind", "127.0.0.1", "--port", String.valueOf(port)));
    redis.command().addAll(List.of("--dir", folder.toString(), "--save", "", "--appendonly", "no"));
    redis.command().addAll(options);
    return ServerProcess.start(
        redis, folder.resolve("redis.log"), () -> RedisConversation.isAnsweredOn(port));
  }

  /// Returns its URL in the form that programs take.
  public String url() {
    return "redis://127.0.0.1:" + port + "/0";
  }

  /// Sends one command, such as `"GET", "key"`.
  ///
  /// @return the reply; `(nil)` for a missing value, a line for each element of a list
  /// @throws IllegalStateException when the reply is an error
  public String command(String... words) {
    try {
      return RedisConversation.send(port, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills it, as if it had crashed: it waits for no client and writes nothing more. What it has
  /// already handed to the operating system is kept.
  public void stop() {
    server.kill();
  }

  /// Starts it again on the same port: empty, unless its options make it keep its data.
  ///
  /// @throws IllegalStateException when it is running
  public void startAgain() throws IOException {
    if (server.isAlive()) {
      throw new IllegalStateException("Redis is running at " + url());
    }
    server = run(folder, port, options);
  }

  /// Stops it and deletes its files.
  @Override
  public void close() throws IOException {
    server.kill();
    Folders.delete(folder);
  }
}

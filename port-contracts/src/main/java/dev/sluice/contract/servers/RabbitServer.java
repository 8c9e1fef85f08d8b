package dev.sluice.contract.servers;

import dev.sluice.contract.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A real RabbitMQ on free ports of loopback, for tests: the system's package, run by the user who
/// runs the tests.
public final class RabbitServer implements AutoCloseable {

  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

  private final RabbitPrograms programs;
  private final RabbitFolder folder;
  private final ServerProcess names;
  private ServerProcess broker;

  private RabbitServer(
      RabbitPrograms programs, RabbitFolder folder, ServerProcess names, ServerProcess broker) {
    this.programs = programs;
    this.folder = folder;
    this.names = names;
    this.broker = broker;
  }

  /// Returns whether this machine has what [#start] needs.
  public static boolean isInstalled() {
    return RabbitPrograms.find().isPresent();
  }

  /// Starts a new, empty broker.
  ///
  /// @param folder for its files
  /// @throws IOException with the end of its log when it is not ready in time
  /// @throws IllegalStateException when RabbitMQ is not installed
  public static RabbitServer start(Path folder) throws IOException {
    RabbitPrograms programs =
        RabbitPrograms.find()
            .orElseThrow(() -> new IllegalStateException("RabbitMQ is not installed"));
    RabbitFolder files = RabbitFolder.create(folder);
    ServerProcess names = runNames(programs, files);
    try {
      return new RabbitServer(programs, files, names, runBroker(programs, files));
    } catch (IOException e) {
      names.kill();
      throw e;
    }
  }

  private static ServerProcess runNames(RabbitPrograms programs, RabbitFolder folder)
      throws IOException {
    return ServerProcess.start(
        folder.program(programs.names()),
        folder.log(),
        () -> LoopbackPorts.accepts(folder.namesPort()));
  }

  private static ServerProcess runBroker(RabbitPrograms programs, RabbitFolder folder)
      throws IOException {
    return ServerProcess.start(
        folder.program(programs.server()),
        folder.log(),
        () -> AmqpHandshake.isAnsweredOn(folder.amqpPort()));
  }

  /// Returns its URL in the form that programs take.
  public String url() {
    return "amqp://guest:guest@127.0.0.1:" + folder.amqpPort() + "/";
  }

  /// Stops it in order, as for an upgrade: its data is on disk.
  public void stop() {
    broker.terminate();
  }

  /// Kills it, as if it had crashed: it waits for no client and writes nothing more. What it has
  /// already handed to the operating system is kept.
  public void kill() {
    broker.kill();
  }

  /// Starts it again on the same ports, with the same data.
  ///
  /// @throws IllegalStateException when it is running
  public void startAgain() throws IOException {
    if (broker.isAlive()) {
      throw new IllegalStateException("RabbitMQ is running at " + url());
    }
    broker = runBroker(programs, folder);
  }

  /// Runs `rabbitmqctl` with these arguments and returns its output, without headings.
  ///
  /// @throws IllegalStateException when the command fails
  public String ctl(String... arguments) {
    ProcessBuilder program = folder.program(programs.ctl(), "--silent");
    program.command().addAll(List.of(arguments));
    return Programs.run(LONGEST_COMMAND, program);
  }

  /// Stops it and deletes its files.
  @Override
  public void close() throws IOException {
    broker.kill();
    names.kill();
    Folders.delete(folder.path());
  }
}

package dev.sluice.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs the hostile clients in a process of the lowest priority. In production they run on other
/// machines; in the process of the good producers, or at the priority of the service, their
/// processor time would be measured as slowness of the service.
public final class HostileProcess implements AutoCloseable {

  private final Process process;

  private HostileProcess(Process process) {
    this.process = process;
  }

  /// Starts the clients; returns when they run.
  static HostileProcess start(URI service, HostileClient kind) throws IOException {
    Process process = command(service, kind).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    if (output.readLine() == null) {
      throw new IOException("the hostile clients did not start");
    }
    return new HostileProcess(process);
  }

  private static ProcessBuilder command(URI service, HostileClient kind) {
    String java = ProcessHandle.current().info().command().orElse("java");
    return new ProcessBuilder(
        "nice",
        "-n",
        "19",
        java,
        "-cp",
        System.getProperty("java.class.path"),
        HostileProcess.class.getName(),
        service.toString(),
        kind.name());
  }

  /// Arguments: address of the service, kind. Runs until it is killed.
  public static void main(String[] arguments) throws IOException {
    var service = URI.create(arguments[0]);
    var kind = HostileClient.valueOf(arguments[1]);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < kind.clients(); number++) {
        clients.execute(() -> kind.run(service, () -> false));
      }
      System.out.println("begun");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}

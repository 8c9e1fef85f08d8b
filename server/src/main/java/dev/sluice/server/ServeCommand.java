package dev.sluice.server;

import dev.sluice.application.StopReport;
import dev.sluice.application.operate.Totals;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.log.Logging;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/// `sluice serve`: runs the service until the process is told to end.
@Command(name = "serve", description = "Starts the service.")
final class ServeCommand extends ConfiguredCommand {

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = ServerConfig.of(settings());
    Logging.configure(config.logs().isJson(), config.logs().level(), config.environment());
    System.Logger log = System.getLogger(ServeCommand.class.getName());
    var node = new Node(config);
    start(node, config);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> stop(node, log)));
    log.log(
        Level.INFO,
        "Sluice "
            + Version.current()
            + " started: "
            + node.url()
            + ", storage "
            + config.storage()
            + ", durability "
            + node.durability());
    out().println(greeting(node, config));
    new CountDownLatch(1).await();
    return Main.OK;
  }

  private static void start(Node node, ServerConfig config) {
    try {
      node.start();
    } catch (RuntimeException e) {
      throw new StartException(
          "cannot listen on "
              + config.address().getHostAddress()
              + ":"
              + config.port()
              + ": "
              + rootMessage(e)
              + "; is another program there? Choose another with --port",
          e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static String greeting(Node node, ServerConfig config) {
    return "Sluice %s listens on %s, storage %s, durability %s. Send an event: curl -s -H 'Content-Type: application/json' -d '{\"payload\":{\"hello\":\"world\"}}' %s/events"
        .formatted(Version.current(), node.url(), config.storage(), node.durability(), node.url());
  }

  private static void stop(Node node, System.Logger log) {
    log.log(Level.INFO, "stopping: new events are refused, attempts under way may finish");
    try {
      StopReport report = node.stop();
      log.log(Level.INFO, describe(report, node.application().statistics().snapshot().totals()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String describe(StopReport report, Totals totals) {
    String left =
        report.left() == 0
            ? "nothing is left"
            : report.left() + " unfinished deliveries are lost, because the storage is memory";
    return "stopped: %d attempts finished, %d handed back, %d stuck; %s; accepted %d, completed %d, failed %d since the start"
        .formatted(
            report.drain().finished(),
            report.drain().handedBack(),
            report.drain().stuck(),
            left,
            totals.accepted(),
            totals.completed(),
            totals.failed());
  }
}

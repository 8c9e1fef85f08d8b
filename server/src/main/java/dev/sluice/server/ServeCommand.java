package dev.sluice.server;

import dev.sluice.application.StopReport;
import dev.sluice.domain.figures.Totals;
import dev.sluice.server.config.Gathered;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.log.Logging;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/// `sluice serve`: runs the service until the process is terminated.
@Command(name = "serve", description = "Start the service.")
final class ServeCommand extends ConfiguredCommand {

  @Override
  public Integer call() throws InterruptedException {
    Gathered gathered = gather();
    ServerConfig config = ServerConfig.of(gathered);
    Logging.configure(config.logs().isJson(), config.logs().level(), config.environment());
    System.Logger log = System.getLogger(ServeCommand.class.getName());
    var node = new Node(config);
    node.requireKey();
    start(node, config);
    stopAtShutdown(node, config, log);
    log.log(Level.INFO, started(node, config));
    gathered.warnings().forEach(warning -> log.log(Level.WARNING, warning));
    warnWhenOpen(config, log);
    tellOfTrials(config, log);
    warnOfDemo(node, config, log);
    Hangup.survive(log);
    out().println(greeting(node, config));
    new CountDownLatch(1).await();
    return Main.OK;
  }

  private static void start(Node node, ServerConfig config) {
    var wanted = new InetSocketAddress(config.address(), config.port());
    // Helidon only logs that it cannot listen and continues without, so the port is tried first.
    try (var probe = new ServerSocket()) {
      probe.bind(wanted);
    } catch (IOException e) {
      throw new StartException(wanted, e);
    }
    node.start();
    if (node.port() < 0) {
      throw new StartException(wanted, new BindException("another program has just taken it"));
    }
  }

  private static void stopAtShutdown(Node node, ServerConfig config, System.Logger log) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("shutdown").unstarted(() -> stop(node, config, log)));
  }

  private static String started(Node node, ServerConfig config) {
    return "Sluice "
        + Version.current()
        + " started: "
        + node.url()
        + ", storage "
        + config.storage()
        + ", durability "
        + node.durability();
  }

  private static void warnWhenOpen(ServerConfig config, System.Logger log) {
    if (!config.access().isOpenOn(config.address())) {
      return;
    }
    if (config.address().isLoopbackAddress()) {
      log.log(
          Level.INFO,
          "open: every program on this machine can do everything without a key, because the service"
              + " listens on a loopback address; set AUTH=on to require keys");
    } else {
      log.log(
          Level.WARNING,
          "open: everyone who can reach this address can do everything without a key, because AUTH"
              + " is off");
    }
  }

  private static void tellOfTrials(ServerConfig config, System.Logger log) {
    if (config.webhooks().isForTrials()) {
      log.log(
          Level.INFO,
          "webhooks may be sent to programs on this machine, because ENV is dev and the service"
              + " listens on a loopback address; set WEBHOOK_ALLOW_NETWORKS to change that");
    }
  }

  /// Without the warning, completed events would be taken for delivered ones.
  private static void warnOfDemo(Node node, ServerConfig config, System.Logger log) {
    if (!node.application().useCases().subscriptions().current().isDemoOnly()) {
      return;
    }
    log.log(
        config.environment().equals("prod") ? Level.WARNING : Level.INFO,
        "the demo handler is the only destination: events are stored and marked as completed, but"
            + " not delivered anywhere; change that with PUT /subscriptions/NAME; fail and"
            + " fail_times in payloads are "
            + (config.processing().isDemo() ? "obeyed (DEMO=on)" : "ignored"));
  }

  private static String greeting(Node node, ServerConfig config) {
    String key =
        config.access().isOpenOn(config.address()) ? "" : " -H 'Authorization: Bearer KEY'";
    return "Sluice %s listens on %s, storage %s, durability %s. Send an event: curl -s%s -H 'Content-Type: application/json' -d '{\"payload\":{\"hello\":\"world\"}}' %s/events"
        .formatted(
            Version.current(), node.url(), config.storage(), node.durability(), key, node.url());
  }

  private static void stop(Node node, ServerConfig config, System.Logger log) {
    node.announceStop();
    log.log(
        Level.INFO,
        config.drainDelay().isZero()
            ? "stopping: new events are refused, running attempts may finish"
            : "stopping: /ready reports draining, new events are refused in "
                + config.drainDelay().toMillis()
                + " ms");
    try {
      StopReport report = node.stop();
      Totals totals = node.application().useCases().statistics().totals();
      log.log(Level.INFO, describe(report, totals, node.durability()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String describe(StopReport report, Totals totals, String durability) {
    Totals meanwhile = report.meanwhile();
    return "stopped: %d completed, %d failed and %d to be retried while stopping, %d handed back, %d stuck; %s; accepted %d, completed %d, failed %d since the start"
        .formatted(
            meanwhile.completed(),
            meanwhile.failed(),
            meanwhile.retried(),
            report.drain().handedBack(),
            report.drain().stuck(),
            unfinished(report.left(), durability),
            totals.accepted(),
            totals.completed(),
            totals.failed());
  }

  private static String unfinished(long left, String durability) {
    String fate = durability.equals("memory") ? "lost with the memory" : "kept in the storage";
    return left == 0 ? "nothing is left" : left + " unfinished deliveries are " + fate;
  }
}

package dev.sluice.server;

import dev.sluice.adapter.broker.BrokerAdapter;
import dev.sluice.domain.port.PortException;
import dev.sluice.server.config.ServerConfig;
import java.util.List;
import picocli.CommandLine.Command;

/// `sluice storage reconcile`: has messages published again that RabbitMQ lost.
@Command(
    name = "reconcile",
    description = {
      "Reconciles RabbitMQ and Redis of the broker storage: a running node compares them within"
          + " seconds,",
      "and publishes a message again for each delivery that has none."
    })
final class StorageReconcileCommand extends ConfiguredCommand {

  @Override
  public Integer call() {
    ServerConfig config = ServerConfig.of(settings());
    BrokerAdapter.reconcile(
        config
            .broker()
            .orElseThrow(
                () ->
                    new PortException(
                        "this works with STORAGE=broker, but STORAGE is " + config.storage()))
            .settings(1, config.retention(), List.of()));
    out().println("a running node that works reconciles RabbitMQ and Redis now; see its log");
    return Main.OK;
  }
}

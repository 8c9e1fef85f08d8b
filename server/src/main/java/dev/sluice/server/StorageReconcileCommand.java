package dev.sluice.server;

import dev.sluice.adapter.broker.BrokerAdapter;
import dev.sluice.domain.port.PortException;
import dev.sluice.server.config.ServerConfig;
import java.util.List;
import picocli.CommandLine.Command;

/// `sluice storage reconcile`: asks a node to republish the messages that RabbitMQ lost.
@Command(
    name = "reconcile",
    description = {
      "Reconcile RabbitMQ and Redis of the broker storage.",
      "Within seconds, a running node compares them and republishes the message of each delivery"
          + " that has none."
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
                        "this command needs STORAGE=broker, but STORAGE is " + config.storage()))
            .settings(1, config.retention(), List.of()));
    out().println("a running worker node reconciles RabbitMQ and Redis now; see its log");
    return Main.OK;
  }
}

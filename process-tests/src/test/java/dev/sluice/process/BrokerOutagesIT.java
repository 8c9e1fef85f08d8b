package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.process.BrokerNodes.Executions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Outages of the RabbitMQ or Redis of two nodes. `scripts/chaos.sh` runs it longer.
@Tag("broker-packages")
@NeedsBrokerPackages
@Tag("sigterm")
@Timeout(3_600)
final class BrokerOutagesIT {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);
  private static final int PRODUCERS = 32;

  @TempDir private Path folder;
  private BrokerNodes nodes;

  @BeforeEach
  void start() throws IOException {
    nodes = BrokerNodes.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    nodes.close();
  }

  @Test
  void rabbitThatStops_losesNothingAndServiceResumes() throws Exception {
    Program one = nodes.serve();
    Program other = nodes.serve();
    try (var client = new Client(one)) {
      var producers =
          List.of(
              new Producers(one.address(), nodes.history(), "one").start(PRODUCERS / 2),
              new Producers(other.address(), nodes.history(), "other").start(PRODUCERS / 2));
      for (int round = 0; round < ROUNDS + 1; round++) {
        producers.forEach(Producers::hurry);
        nodes.awaitMoreAcknowledged(1_000);
        if (round % 2 == 0) {
          nodes.rabbit().kill();
        } else {
          nodes.rabbit().stop();
        }
        producers.forEach(Producers::relax);
        Eventually.holds("it is not ready", () -> !BrokerNodes.isReady(client));
        nodes.rabbit().startAgain();
        Eventually.holds("it is ready again", () -> BrokerNodes.isReady(client));
      }
      nodes.awaitMoreAcknowledged(PRODUCERS);
      Producers.finishAll(producers);
      BrokerNodes.awaitNothingLeft(client);

      nodes.assertClean(client, "RabbitMQ killed and stopped");
    }
  }

  @Test
  void redisThatComesBackEmpty_costsNoEvent() throws Exception {
    Program one = nodes.serve("PROCESSING_DELAY_MS=20");
    Program other = nodes.serve("PROCESSING_DELAY_MS=20");
    try (var client = new Client(one)) {
      var producers =
          List.of(
              new Producers(one.address(), nodes.history(), "one").start(PRODUCERS / 2),
              new Producers(other.address(), nodes.history(), "other").start(PRODUCERS / 2));
      nodes.awaitMoreAcknowledged(1_000);
      nodes.redis().stop();
      producers.forEach(Producers::relax);
      Eventually.holds("it is not ready", () -> !BrokerNodes.isReady(client));
      nodes.redis().startAgain();
      Eventually.holds("it is ready again", () -> BrokerNodes.isReady(client));
      nodes.awaitMoreAcknowledged(1_000);
      Producers.finishAll(producers);
      BrokerNodes.awaitNothingLeft(client);

      Executions executions = nodes.executions();
      System.out.println("Redis came back empty: " + executions);
      assertThat(executions.lost()).isZero();
    }
  }
}

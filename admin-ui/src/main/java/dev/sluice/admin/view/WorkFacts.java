package dev.sluice.admin.view;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.Texts;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What is being worked on, and by how many.
final class WorkFacts extends VBox {

  private final Label inWork = fact("in work");
  private final Label oldest = fact("oldest waiting");
  private final Label nodes = fact("nodes");
  private final Label handler = fact("handler p95");

  /// Of a broker; there is none with most storages.
  private final Label queues = fact("queues");

  private final Label held = fact("unacknowledged");

  WorkFacts() {
    super(6);
    show(Optional.empty());
  }

  private Label fact(String name) {
    Label value = Controls.label("–", "mono");
    getChildren().add(Controls.row(6, Controls.label(name, "muted"), Controls.spring(), value));
    return value;
  }

  private void show(Optional<Stats.Broker> broker) {
    for (Label label : List.of(queues, held)) {
      label.getParent().setVisible(broker.isPresent());
      label.getParent().setManaged(broker.isPresent());
    }
    broker.ifPresent(
        full -> {
          queues.setText(
              "%d ingest, %d delayed, %d dead"
                  .formatted(full.depth(".ingest"), full.delayed(), full.depth(".dlq")));
          held.setText(full.unacknowledged() + ", " + full.redelivered() + " redelivered");
        });
  }

  void show(Stats stats) {
    inWork.setText(stats.inFlight() + " of " + stats.workerSlots() + " slots");
    oldest.setText(
        stats.oldestWaitingSeconds() > 0
            ? Texts.seconds(stats.oldestWaitingSeconds())
            : "nothing waits");
    show(Optional.ofNullable(stats.broker()));
    nodes.setText(Integer.toString(stats.nodes()));
    handler.setText(
        Optional.ofNullable(stats.latencySeconds().handler())
            .map(time -> Texts.seconds(time.p95()))
            .orElse("–"));
  }
}

package dev.sluice.admin.view.overview;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Deliveries in progress, the oldest waiting one, and the queues of a broker.
final class WorkFacts extends VBox {

  private final Label inWork = fact("in progress");
  private final Label oldest = fact("oldest waiting");
  private final Label nodes = fact("nodes");
  private final Label handler = fact("handler p95");

  /// Of a broker, which most storages do not have.
  private final Label ingest = fact("ingest queue");

  private final Label delayed = fact("delay queues");
  private final Label dead = fact("dead letters");
  private final Label held = fact("unacked");
  private final Label redelivered = fact("redelivered");

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
    for (Label label : List.of(ingest, delayed, dead, held, redelivered)) {
      label.getParent().setVisible(broker.isPresent());
      label.getParent().setManaged(broker.isPresent());
    }
    broker.ifPresent(
        full -> {
          ingest.setText(Long.toString(full.depth(".ingest")));
          delayed.setText(Long.toString(full.delayed()));
          dead.setText(Long.toString(full.depth(".dlq")));
          held.setText(Long.toString(full.unacknowledged()));
          redelivered.setText(Long.toString(full.redelivered()));
        });
  }

  void show(Stats stats) {
    inWork.setText(stats.inFlight() + " of " + stats.workerSlots() + " slots");
    oldest.setText(
        stats.oldestWaitingSeconds() > 0 ? Texts.seconds(stats.oldestWaitingSeconds()) : "none");
    show(Optional.ofNullable(stats.broker()));
    nodes.setText(Integer.toString(stats.nodes()));
    handler.setText(
        Optional.ofNullable(stats.latencySeconds().handler())
            .map(time -> Texts.seconds(time.p95()))
            .orElse("–"));
  }
}

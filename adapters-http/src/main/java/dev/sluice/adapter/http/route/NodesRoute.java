package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.EntityTag;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.NodeView;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// `GET /nodes`: the nodes that share the storage, including this one.
final class NodesRoute {

  private final Figures figures;
  private final String storage;
  private final String durability;

  /// @param storage the kind of storage, the same for all nodes
  /// @param durability the durability that it guarantees
  NodesRoute(Figures figures, String storage, String durability) {
    this.figures = figures;
    this.storage = storage;
    this.durability = durability;
  }

  void get(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    List<NodeView> nodes = figures.nodes();
    Instant asOf = figures.nodesAsOf();
    EntityTag.ofWhatMatters(document(nodes, asOf, false))
        .answer(exchange, document(nodes, asOf, true));
  }

  /// Returns the document. Without the times, it stays the same while nothing changes.
  private byte[] document(List<NodeView> nodes, Instant asOf, boolean withTimes) {
    return Json.write(
        json -> {
          json.writeStartObject();
          if (withTimes) {
            EventWriter.writeTime(json, "as_of", asOf);
          }
          json.writeArrayFieldStart("nodes");
          for (NodeView node : nodes) {
            writeNode(json, node, withTimes);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void writeNode(JsonGenerator json, NodeView node, boolean withTimes) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", node.report().id().value());
    json.writeBooleanField("this", node.isThis());
    json.writeStringField("state", node.state().wireName());
    json.writeStringField("version", node.report().version());
    EventWriter.writeTime(json, "started_at", node.report().startedAt());
    if (withTimes) {
      EventWriter.writeTime(json, "last_seen", node.lastSeen());
    }
    json.writeNumberField("in_flight", node.report().inFlight());
    json.writeNumberField("slots", node.report().slots());
    json.writeStringField("storage", storage);
    json.writeStringField("durability", durability);
    json.writeEndObject();
  }
}

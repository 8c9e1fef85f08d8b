package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/// The nodes of the service.
public record Nodes(Instant asOf, List<Node> nodes) {

  public Nodes {
    Required.members("nodes", asOf, nodes);
  }

  /// One node.
  ///
  /// @param answered whether this node handled the request
  /// @param state `active`, `draining`, `left` or `silent`
  /// @param slots maximum number of deliveries in progress; 0 when the node does not report it
  public record Node(
      String id,
      @JsonProperty("this") boolean answered,
      String state,
      String version,
      Instant startedAt,
      Instant lastSeen,
      int inFlight,
      int slots,
      String storage,
      String durability) {

    public Node {
      Required.members("node", id, state, version, startedAt, lastSeen, storage, durability);
    }
  }
}

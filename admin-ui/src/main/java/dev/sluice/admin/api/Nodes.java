package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/// Who works on the events.
public record Nodes(Instant asOf, List<Node> nodes) {

  /// Checks that all is there.
  public Nodes {
    Required.members("nodes", asOf, nodes);
  }

  /// A process of the service.
  ///
  /// @param answered whether it is the one that was asked
  /// @param state `active`, `draining`, `left` or `silent`
  /// @param slots how many deliveries it may have in work; 0 when it does not tell
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

    /// Checks that all is there.
    public Node {
      Required.members("node", id, state, version, startedAt, lastSeen, storage, durability);
    }
  }
}

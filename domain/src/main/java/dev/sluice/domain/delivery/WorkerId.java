package dev.sluice.domain.delivery;

/// Identifies the node that processes deliveries, so that every attempt names its worker.
///
/// @param value any short text, unique among the nodes that share a storage
public record WorkerId(String value) {

  /// @throws IllegalArgumentException when the text is blank
  public WorkerId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("worker id must not be blank");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.sluice.application;

/// The role of a node. Every node serves operators, whatever its role.
public enum NodeRole {
  /// Accepts events and processes them.
  ALL,
  /// Accepts events for other nodes to process.
  API,
  /// Processes events that other nodes accept.
  WORKER;

  /// Whether the node processes deliveries.
  public boolean works() {
    return this != API;
  }

  /// Whether the node accepts events from producers.
  public boolean takesEvents() {
    return this != WORKER;
  }
}

package dev.sluice.application;

/// What a node does. Every node answers operators.
public enum NodeRole {
  /// It takes events in and works them off.
  ALL,
  /// It takes events in, for others to work off.
  API,
  /// It works off what others take in.
  WORKER;

  /// Whether it works events off.
  public boolean works() {
    return this != API;
  }

  /// Whether producers may send it events.
  public boolean takesEvents() {
    return this != WORKER;
  }
}

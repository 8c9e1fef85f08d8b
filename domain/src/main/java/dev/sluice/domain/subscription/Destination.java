package dev.sluice.domain.subscription;

/// Where the deliveries of a subscription go.
public sealed interface Destination {

  /// Returns the name in the API and in files.
  String kind();

  /// A handler for trials: it does nothing with an event, or fails if the event asks for that.
  record Demo() implements Destination {

    @Override
    public String kind() {
      return "demo";
    }
  }

  /// Writes each event as a line of JSON to the standard output of the node that processes it.
  record Log() implements Destination {

    @Override
    public String kind() {
      return "log";
    }
  }
}

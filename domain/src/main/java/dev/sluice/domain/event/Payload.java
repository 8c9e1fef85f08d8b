package dev.sluice.domain.event;

/// The content of an event: one JSON value, kept exactly as its producer wrote it.
///
/// The domain does not parse it; its creator must make sure that it is valid JSON.
///
/// @param json the text of one JSON value, without white space around it
public record Payload(String json) {

  /// @throws IllegalArgumentException when the text is empty
  public Payload {
    if (json.isEmpty()) {
      throw new IllegalArgumentException("payload must be a JSON value, but was empty");
    }
  }

  /// Returns the length of the text in UTF-16 units: a cheap measure of its memory use.
  public int length() {
    return json.length();
  }

  /// Returns only the size, so that no payload reaches a log by accident.
  @Override
  public String toString() {
    return "Payload[" + json.length() + " characters]";
  }
}

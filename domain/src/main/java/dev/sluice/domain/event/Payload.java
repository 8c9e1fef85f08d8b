package dev.sluice.domain.event;

/// The content of an event: one JSON value, kept to the letter as its producer wrote it.
///
/// The domain does not read it; that it is valid JSON is for whoever creates it to see to.
///
/// @param json the text of one JSON value, without white space around it
public record Payload(String json) {

  /// @throws IllegalArgumentException when the text is empty
  public Payload {
    if (json.isEmpty()) {
      throw new IllegalArgumentException("payload must be a JSON value, but was empty");
    }
  }

  /// The length of the text in UTF-16 units: a cheap measure of how much memory it takes.
  public int length() {
    return json.length();
  }

  /// Only the size, so that no payload reaches a log by accident.
  @Override
  public String toString() {
    return "Payload[" + json.length() + " characters]";
  }
}

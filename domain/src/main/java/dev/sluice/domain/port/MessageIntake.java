package dev.sluice.domain.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes in events that other programs put where a storage finds them, instead of sending them to
/// the service.
public interface MessageIntake {

  /// Takes messages in as if their events had been sent to the service. When this returns, an event
  /// that is taken is as durable as the storage promises.
  ///
  /// @return what became of each, in their order
  /// @throws StoreUnavailableException when that is unknown; offering the same messages again is
  ///   safe for those that name their ids
  List<Fate> take(List<Message> messages);

  /// A message as it was found.
  final class Message {

    private final byte[] body;
    private final Optional<String> id;
    private final Optional<String> contentType;
    private final Map<String, String> attributes;

    /// A message of which no more is known than its content.
    ///
    /// @param body its content, which stays unchanged from now on
    /// @param id by which its sender knows it; the event's, if the content names none
    public Message(byte[] body, Optional<String> id) {
      this(body, id, Optional.empty(), Map.of());
    }

    /// @param body its content, which stays unchanged from now on
    /// @param id by which its sender knows it; the event's, if the content names none
    /// @param contentType the media type of the content
    /// @param attributes those of a CloudEvent in binary mode, as text by name; else none
    public Message(
        byte[] body,
        Optional<String> id,
        Optional<String> contentType,
        Map<String, String> attributes) {
      this.body = body;
      this.id = id;
      this.contentType = contentType;
      this.attributes = Map.copyOf(attributes);
    }

    public byte[] body() {
      return body;
    }

    public Optional<String> id() {
      return id;
    }

    public Optional<String> contentType() {
      return contentType;
    }

    public Map<String, String> attributes() {
      return attributes;
    }
  }

  /// What became of a message.
  sealed interface Fate {

    /// Its event is stored, now or before.
    record Taken() implements Fate {}

    /// It is no event, or one that contradicts what is stored.
    ///
    /// @param reason why, for people to read
    record Refused(String reason) implements Fate {}

    /// There is no room for now: to be offered again.
    record Later() implements Fate {}
  }
}

package dev.sluice.domain.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accepts events that other programs put into the service's storage instead of sending them to the
/// service.
public interface MessageIntake {

  /// Accepts messages as if their events had been sent to the service. When this returns, an
  /// accepted event is as durable as the storage promises.
  ///
  /// @return the result for each message, in the same order
  /// @throws StoreUnavailableException when the result is unknown; passing the same messages again
  ///   is safe for those with ids
  List<Result> take(List<Message> messages);

  /// A message as it was found.
  final class Message {

    private final byte[] body;
    private final Optional<String> id;
    private final Optional<String> contentType;
    private final Map<String, String> attributes;

    /// Creates a message of which only the content and possibly the id are known.
    ///
    /// @param body the content; must not change from now on
    /// @param id the id its sender gave it; used for the event if the content has none
    public Message(byte[] body, Optional<String> id) {
      this(body, id, Optional.empty(), Map.of());
    }

    /// @param body the content; must not change from now on
    /// @param id the id its sender gave it; used for the event if the content has none
    /// @param contentType the media type of the content
    /// @param attributes those of a CloudEvent in binary mode, as text by name; otherwise empty
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

  /// The result for a message.
  sealed interface Result {

    /// Its event is stored, by this call or an earlier one.
    record Taken() implements Result {}

    /// It is not an event, or it contradicts the stored one.
    ///
    /// @param reason why, for people to read
    record Refused(String reason) implements Result {}

    /// There is no room for now; pass the message again later.
    record Later() implements Result {}
  }
}

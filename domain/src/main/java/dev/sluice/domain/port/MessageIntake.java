package dev.sluice.domain.port;

import java.util.List;
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

    /// @param body its content, which nobody changes from now on
    /// @param id by which its sender knows it; the event's, if the content names none
    public Message(byte[] body, Optional<String> id) {
      this.body = body;
      this.id = id;
    }

    public byte[] body() {
      return body;
    }

    public Optional<String> id() {
      return id;
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

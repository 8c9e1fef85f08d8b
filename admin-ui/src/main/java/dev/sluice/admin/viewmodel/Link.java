package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import java.time.Instant;
import java.util.Optional;

/// State of the connection to the service.
public sealed interface Link {

  /// There was no response yet.
  record Connecting() implements Link {}

  /// The service responds.
  record Live() implements Link {}

  /// The service has stopped responding; the screen shows data from before.
  record Stale(String why, Instant lastAnswer, Optional<Instant> next) implements Link {}

  /// The service has not responded for a while, or never.
  record Offline(String why, Optional<Instant> next) implements Link {}

  /// The service requires a key, or rejected this one.
  record KeyRefused(String why) implements Link {}

  /// The role of the key does not allow reading.
  record Forbidden(String why) implements Link {}

  /// The service is busy and asks to wait.
  record Busy(int status, String why, Optional<Instant> next) implements Link {}

  /// The responses do not come from a Sluice that this console supports.
  record Mismatch(String why) implements Link {}

  /// Whether the screen shows current data.
  default boolean isLive() {
    return this instanceof Live;
  }

  /// Returns the time of the next automatic retry.
  default Optional<Instant> nextTry() {
    return switch (this) {
      case Stale stale -> stale.next;
      case Offline offline -> offline.next;
      case Busy busy -> busy.next;
      case Connecting _, Live _, KeyRefused _, Forbidden _, Mismatch _ -> Optional.empty();
    };
  }

  /// Returns the state after a failed heartbeat.
  ///
  /// @param recent time of the last response, if it was recent
  static Link after(Fault fault, Optional<Instant> recent, Optional<Instant> next) {
    return switch (fault) {
      case Fault.Unreachable(String why) -> lost(why, recent, next);
      case Fault.KeyRefused(String why) -> new KeyRefused(why);
      case Fault.Forbidden(String why, var _) -> new Forbidden(why);
      case Fault.Busy(int status, String why, var _) -> new Busy(status, why, next);
      case Fault.Garbage(String why) -> new Mismatch(why);
      case Fault.Refused(var problem) -> new Mismatch(problem.sentence());
    };
  }

  private static Link lost(String why, Optional<Instant> recent, Optional<Instant> next) {
    return recent.<Link>map(last -> new Stale(why, last, next)).orElse(new Offline(why, next));
  }
}

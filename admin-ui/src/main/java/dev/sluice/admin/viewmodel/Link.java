package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import java.time.Instant;
import java.util.Optional;

/// How it stands with the service as a whole.
public sealed interface Link {

  /// There was no answer yet.
  record Connecting() implements Link {}

  /// The service answers.
  record Live() implements Link {}

  /// It answered before, and does not now; what is on the screen is of then.
  record Stale(String why, Instant lastAnswer, Optional<Instant> next) implements Link {}

  /// It does not answer, and has not for a while or at all.
  record Offline(String why, Optional<Instant> next) implements Link {}

  /// It wants a key, or another one.
  record KeyRefused(String why) implements Link {}

  /// The key is not enough to look at anything.
  record Forbidden(String why) implements Link {}

  /// It asks to be left alone for a while.
  record Busy(int status, String why, Optional<Instant> next) implements Link {}

  /// What answers does not speak like a Sluice that this console knows.
  record Mismatch(String why) implements Link {}

  /// Whether what is on the screen is how things are.
  default boolean isLive() {
    return this instanceof Live;
  }

  /// When it is tried again by itself.
  default Optional<Instant> nextTry() {
    return switch (this) {
      case Stale stale -> stale.next;
      case Offline offline -> offline.next;
      case Busy busy -> busy.next;
      case Connecting _, Live _, KeyRefused _, Forbidden _, Mismatch _ -> Optional.empty();
    };
  }

  /// What a fault of the heartbeat means.
  ///
  /// @param recent the last answer, if it was not long ago
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

package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A change with its place in a [ChangeLog].
public final class LoggedChange {

  private final long number;
  private final Change change;
  private final boolean isFromHere;
  private final long missedBefore;

  /// Threads that get here at the same time may each make one; they are the same.
  private volatile byte @Nullable [] encoded;

  LoggedChange(long number, Change change, boolean isFromHere, long missedBefore) {
    this.number = number;
    this.change = change;
    this.isFromHere = isFromHere;
    this.missedBefore = missedBefore;
  }

  /// Its place: the first change has 1, and each later one the next number.
  public long number() {
    return number;
  }

  public Change change() {
    return change;
  }

  /// Whether this node made it; else it heard of it from another one.
  boolean isFromHere() {
    return isFromHere;
  }

  /// About how many changes at other nodes went unheard of before this one.
  long missedBefore() {
    return missedBefore;
  }

  /// The change as it is sent to those who watch, made once for all of them.
  ///
  /// @param encoder makes it; always the same one
  /// @return to be read, not to be written to
  public byte[] encoded(Function<LoggedChange, byte[]> encoder) {
    byte[] known = encoded;
    if (known == null) {
      known = encoder.apply(this);
      encoded = known;
    }
    return known;
  }
}

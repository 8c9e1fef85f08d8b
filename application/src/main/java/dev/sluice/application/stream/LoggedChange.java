package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A change with its number in a [ChangeLog].
public final class LoggedChange {

  private final long number;
  private final Change change;
  private final boolean isFromHere;
  private final long missedBefore;

  /// Concurrent threads may each make one; the results are equal.
  private volatile byte @Nullable [] encoded;

  LoggedChange(long number, Change change, boolean isFromHere, long missedBefore) {
    this.number = number;
    this.change = change;
    this.isFromHere = isFromHere;
    this.missedBefore = missedBefore;
  }

  /// Its number: 1 for the first change, and one more for each later one.
  public long number() {
    return number;
  }

  public Change change() {
    return change;
  }

  /// Whether this node made the change; otherwise it came from another node.
  boolean isFromHere() {
    return isFromHere;
  }

  /// Approximate number of changes of other nodes that were missed before this one.
  long missedBefore() {
    return missedBefore;
  }

  /// The change as it is sent to watchers, encoded once for all of them.
  ///
  /// @param encoder encodes it; always the same one
  /// @return read-only
  public byte[] encoded(Function<LoggedChange, byte[]> encoder) {
    byte[] known = encoded;
    if (known == null) {
      known = encoder.apply(this);
      encoded = known;
    }
    return known;
  }
}

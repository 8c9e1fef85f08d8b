package dev.sluice.application.work;

import dev.sluice.domain.claim.RateTokens.Drawn;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// The tokens of one bucket that this node has drawn and not used. Guarded by its own monitor.
final class RateSlice {

  /// A slice is about what this time needs.
  private static final double SECONDS = 0.1;

  /// A slice that is used up sooner makes the next one larger, so that a burst is not held up.
  private static final Duration SOON = Duration.ofMillis(150);

  /// Tokens that no claim has asked for as long are put back.
  static final Duration UNUSED = Duration.ofSeconds(1);

  /// An empty bucket is looked at again after this time at the latest.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final TimeSource time;
  private final int largest;
  private RateLimit limit;
  private int size;

  /// Negative when more was claimed than there were tokens.
  private int atHand;

  private boolean isWanted;

  /// Whether the last draw left no token in the bucket, and when the next one was to come.
  private boolean isEmpty;

  private long nextToken;

  private long lastAsked;
  private long lastDrawn;
  private long nextDraw;

  /// @param largest the most tokens that a slice grows to, unless the rate needs more
  RateSlice(RateLimit limit, int largest, TimeSource time) {
    this.time = time;
    this.largest = largest;
    this.limit = limit;
    this.size = usual();
    this.nextDraw = time.nanoTime();
    this.lastDrawn = nextDraw - UNUSED.toNanos();
  }

  private int usual() {
    return (int) Math.max(1, Math.ceil(limit.perSecond() * SECONDS));
  }

  /// Returns how many deliveries may be claimed now. When less than half of a slice is left, tokens
  /// are wanted, so that they arrive before the last one is used.
  ///
  /// @param current the limit; if it has changed, no more than a slice of the new one is kept
  synchronized int atHand(RateLimit current) {
    lastAsked = time.nanoTime();
    if (!current.equals(limit)) {
      limit = current;
      size = usual();
      atHand = Math.min(atHand, size);
      nextDraw = lastAsked;
    }
    isWanted |= isLow();
    return Math.max(0, atHand);
  }

  private boolean isLow() {
    return 2 * atHand < size;
  }

  /// Records a claimed delivery.
  synchronized void claimed() {
    atHand--;
  }

  /// Records that a claimed delivery was handed back before its attempt began.
  synchronized void handedBack() {
    atHand++;
  }

  /// Returns how many tokens to draw now; a negative number to put back, which are no longer at
  /// hand.
  synchronized int wanted() {
    long now = time.nanoTime();
    if (atHand > 0 && now - lastAsked > UNUSED.toNanos()) {
      isWanted = false;
      return -putBack();
    }
    return isWanted && isLow() && now - nextDraw >= 0 ? size - atHand : 0;
  }

  /// Returns the tokens at hand, which are no longer.
  synchronized int putBack() {
    int unused = Math.max(0, atHand);
    atHand -= unused;
    return unused;
  }

  /// Records what came of a draw.
  ///
  /// @return whether deliveries may be claimed that could not before
  synchronized boolean drawn(int wanted, Drawn drawn) {
    long now = time.nanoTime();
    atHand += drawn.tokens();
    boolean isShort = drawn.tokens() < wanted;
    isEmpty = drawn.untilNext().isPositive();
    nextToken = now + drawn.untilNext().toNanos();
    isWanted = isLow();
    boolean isSoon = now - lastDrawn <= SOON.toNanos();
    size = isShort || !isSoon ? usual() : Math.max(usual(), Math.min(2 * size, largest));
    lastDrawn = now;
    nextDraw = now + least(drawn.untilNext(), LONGEST_WAIT).toNanos();
    return atHand > 0;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Returns how long claims wait for the next token; empty while they need not wait.
  synchronized Optional<Duration> shortage() {
    long now = time.nanoTime();
    boolean isAsked = now - lastAsked <= 2 * UNUSED.toNanos();
    return isEmpty && isAsked && atHand <= 0
        ? Optional.of(Duration.ofNanos(Math.max(0, nextToken - now)))
        : Optional.empty();
  }
}

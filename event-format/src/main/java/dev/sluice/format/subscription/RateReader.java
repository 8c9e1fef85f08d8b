package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.RateLimit;
import java.util.Map;
import java.util.Optional;

/// Reads a rate limit from JSON.
final class RateReader {

  private final MemberReader members;
  private Optional<Double> perSecond = Optional.empty();
  private Optional<Integer> burst = Optional.empty();
  private boolean hasPerSecond;

  private RateReader(MemberReader members) {
    this.members = members;
  }

  /// Reads the next value; empty when it has a problem. Without `burst`, the bucket holds what is
  /// added in a second.
  static Optional<RateLimit> read(MemberReader members, String pointer) {
    var reader = new RateReader(members);
    boolean isObject =
        members.object(
            pointer, Map.of("per_second", reader::readPerSecond, "burst", reader::readBurst));
    if (isObject && !reader.hasPerSecond) {
      members.problem(pointer + "/per_second", "is required: the attempts that may begin a second");
    }
    return reader.perSecond.map(
        tokens -> new RateLimit(tokens, reader.burst.orElse((int) Math.ceil(tokens))));
  }

  private void readPerSecond(String pointer) {
    hasPerSecond = true;
    perSecond = members.number(pointer, RateLimit.MIN_PER_SECOND, RateLimit.MAX_PER_SECOND);
  }

  private void readBurst(String pointer) {
    burst = members.integer(pointer, 1, RateLimit.MAX_BURST);
  }
}

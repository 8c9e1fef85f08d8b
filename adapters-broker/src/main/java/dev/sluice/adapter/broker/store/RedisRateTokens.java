package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Token buckets in Redis, which fill by its clock; `rate-draw.lua` has the arithmetic.
public final class RedisRateTokens implements RateTokens {

  private static final Script DRAW = Script.timed("rate-draw").evenAtLimit();
  private static final Script FORGET = Script.alone("rate-forget").evenAtLimit();

  private final Redis redis;
  private final Supplier<String> time;

  /// @param time the first argument of scripts that need the time
  public RedisRateTokens(Redis redis, Supplier<String> time) {
    this.redis = redis;
    this.time = time;
  }

  @Override
  public List<Drawn> draw(List<Draw> draws) {
    if (draws.isEmpty()) {
      return List.of();
    }
    var arguments = new ArrayList<String>(1 + 4 * draws.size());
    arguments.add(time.get());
    for (Draw draw : draws) {
      arguments.add(draw.subscription().value());
      arguments.add(Double.toString(draw.limit().perSecond()));
      arguments.add(Integer.toString(draw.limit().burst()));
      arguments.add(Integer.toString(draw.wanted()));
    }
    List<String> answers = redis.texts(DRAW, arguments);
    var drawn = new ArrayList<Drawn>(draws.size());
    for (int index = 0; index < answers.size(); index += 2) {
      long wait = Long.parseLong(answers.get(index + 1));
      drawn.add(
          new Drawn(Integer.parseInt(answers.get(index)), Duration.of(wait, ChronoUnit.MICROS)));
    }
    return drawn;
  }

  @Override
  public void forget(SubscriptionName subscription) {
    var _ = redis.run(FORGET, List.of(subscription.value()));
  }
}

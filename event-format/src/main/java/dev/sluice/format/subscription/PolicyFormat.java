package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.text.DurationCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The JSON form of a delivery policy: members of the definition.
final class PolicyFormat {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final MemberReader members;
  private final RetryPolicy defaults;
  private Optional<RetryPolicy> retry = Optional.empty();
  private Optional<Duration> timeout = Optional.empty();
  private Optional<Integer> concurrency = Optional.empty();
  private Optional<RateLimit> rate = Optional.empty();
  private Optional<Duration> delay = Optional.empty();
  private Optional<Ordering> ordering = Optional.empty();

  /// @param defaults for absent members of `retry`
  PolicyFormat(MemberReader members, RetryPolicy defaults) {
    this.members = members;
    this.defaults = defaults;
  }

  /// Writes what the policy sets.
  static void writeMembers(JsonGenerator json, DeliveryPolicy policy) throws IOException {
    if (policy.retry().isPresent()) {
      json.writeFieldName("retry");
      write(json, policy.retry().get());
    }
    if (policy.timeout().isPresent()) {
      json.writeStringField("timeout", DurationCodec.encode(policy.timeout().get()));
    }
    if (policy.concurrency().isPresent()) {
      json.writeNumberField("concurrency", policy.concurrency().get());
    }
    if (policy.rate().isPresent()) {
      json.writeFieldName("rate");
      write(json, policy.rate().get());
    }
    if (policy.delay().isPresent()) {
      json.writeStringField("delay", DurationCodec.encode(policy.delay().get()));
    }
    if (policy.ordering().isPresent()) {
      json.writeFieldName("ordering");
      OrderingFormat.write(json, policy.ordering().get());
    }
  }

  private static void write(JsonGenerator json, RetryPolicy retry) throws IOException {
    json.writeStartObject();
    if (!retry.waits().isEmpty()) {
      json.writeArrayFieldStart("waits");
      for (Duration wait : retry.waits()) {
        json.writeString(DurationCodec.encode(wait));
      }
      json.writeEndArray();
      json.writeStringField("max_age", DurationCodec.encode(retry.maxAge()));
      json.writeEndObject();
      return;
    }
    json.writeNumberField("max_retries", retry.maxRetries());
    json.writeStringField("base", DurationCodec.encode(retry.base()));
    json.writeFieldName("factor");
    json.writeNumber(MemberReader.plain(retry.factor()));
    json.writeStringField("cap", DurationCodec.encode(retry.cap()));
    json.writeStringField("max_age", DurationCodec.encode(retry.maxAge()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RateLimit rate) throws IOException {
    json.writeStartObject();
    json.writeFieldName("per_second");
    json.writeNumber(MemberReader.plain(rate.perSecond()));
    json.writeNumberField("burst", rate.burst());
    json.writeEndObject();
  }

  /// Returns the members, with what reads them.
  Map<String, MemberReader.Member> readers() {
    return Map.of(
        "retry", this::readRetry,
        "timeout", this::readTimeout,
        "concurrency", this::readConcurrency,
        "rate", this::readRate,
        "delay", this::readDelay,
        "ordering", this::readOrdering);
  }

  private void readRetry(String pointer) {
    retry = Optional.of(RetryReader.read(members, pointer, defaults));
  }

  private void readTimeout(String pointer) {
    timeout = members.duration(pointer, SHORTEST, DeliveryPolicy.MAX_TIMEOUT);
  }

  private void readConcurrency(String pointer) {
    concurrency = members.integer(pointer, 1, DeliveryPolicy.MAX_CONCURRENCY);
  }

  private void readRate(String pointer) {
    rate = RateReader.read(members, pointer);
  }

  private void readDelay(String pointer) {
    delay = members.duration(pointer, SHORTEST, DeliveryPolicy.MAX_DELAY);
  }

  private void readOrdering(String pointer) {
    ordering = OrderingFormat.read(members, pointer);
  }

  /// Returns what was read.
  DeliveryPolicy policy() {
    return new DeliveryPolicy(retry, timeout, concurrency, rate, delay, ordering);
  }
}

package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Stored subscriptions, also those that a newer version of Sluice wrote.
final class SubscriptionDecoderTest {

  private static final String DEFINITION = "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}}";

  private final SubscriptionDecoder decoder = new SubscriptionDecoder();

  private static Subscription subscription(Lifecycle lifecycle, Subscription.Origin origin) {
    return new Subscription(
        new SubscriptionName("mail"),
        7,
        SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log()),
        lifecycle,
        origin,
        "ann",
        Instant.parse("2026-11-20T10:00:00.123Z"));
  }

  private static StoredSubscription stored(String lifecycle, String origin, String definition) {
    return new StoredSubscription("new", 8, lifecycle, origin, definition, "bob", Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource
  void everyLifecycle_isKept(Lifecycle lifecycle) {
    Subscription subscription = subscription(lifecycle, Subscription.Origin.API);

    assertThat(decoder.decode(StoredSubscription.of(subscription))).contains(subscription);
  }

  @ParameterizedTest
  @EnumSource
  void everyOrigin_isKept(Subscription.Origin origin) {
    Subscription subscription = subscription(Lifecycle.ACTIVE, origin);

    assertThat(decoder.decode(StoredSubscription.of(subscription))).contains(subscription);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{\"types\":[\"*\"]}",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"pigeon\"}}",
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"priority\":{\"by\":\"age\"}}"
      })
  void definitionOfANewerVersion_isSkipped(String definition) {
    var known = subscription(Lifecycle.ACTIVE, Subscription.Origin.API);

    assertThat(
            decoder.decodeAll(
                List.of(stored("active", "api", definition), StoredSubscription.of(known))))
        .containsExactly(known);
  }

  /// It would be stored, and then skipped by every node.
  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{}, \"x\": 1"})
  void whatCouldNotBeDecoded_isNotEncoded(String filter) {
    var definition =
        new SubscriptionDefinition(
            "",
            List.of(TypePattern.ANY),
            Optional.of(new EventPattern(filter)),
            new Destination.Log(),
            DeliveryPolicy.DEFAULT);
    var subscription =
        new Subscription(
            new SubscriptionName("mail"),
            7,
            definition,
            Lifecycle.ACTIVE,
            Subscription.Origin.API,
            "ann",
            Instant.EPOCH);

    assertThatIllegalArgumentException().isThrownBy(() -> StoredSubscription.of(subscription));
  }

  @Test
  void lifecycleOrOriginOfANewerVersion_isSkipped() {
    assertThat(decoder.decode(stored("dreaming", "api", DEFINITION))).isEmpty();
    assertThat(decoder.decode(stored("active", "oracle", DEFINITION))).isEmpty();
    assertThat(decoder.decode(stored("active", "api", DEFINITION))).isPresent();
  }
}

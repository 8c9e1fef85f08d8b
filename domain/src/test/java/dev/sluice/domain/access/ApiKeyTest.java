package dev.sluice.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<TypePattern> ORDERS = List.of(new TypePattern("order.*"));

  private static ApiKey key(String id, String owner, Role role, List<TypePattern> types) {
    return new ApiKey(
        id,
        owner,
        role,
        types,
        false,
        "0".repeat(64),
        NOW,
        Optional.of(NOW.plusSeconds(10)),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void key_isLiveUntilItExpires() {
    ApiKey key = key("a", "me", Role.VIEWER, List.of());

    assertThat(key.isLive(NOW.plusSeconds(10).minusNanos(1))).isTrue();
    assertThat(key.isLive(NOW.plusSeconds(10))).isFalse();
  }

  @Test
  void typesOfAProducer_boundWhatItSends() {
    ApiKey key = key("a", "me", Role.PRODUCER, ORDERS);

    assertThat(key.maySend(new EventType("order.paid"))).isTrue();
    assertThat(key.maySend(new EventType("invoice.paid"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void keyWithoutTypes_sendsEverythingOrNothing(Role role) {
    ApiKey key = key("a", "me", role, List.of());

    assertThat(key.maySend(new EventType("order.paid"))).isEqualTo(role != Role.VIEWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a-b", "a_b", "ä", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void idOutOfShape_isRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key(id, "me", Role.VIEWER, List.of()))
        .withMessageContaining("key id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "a\uD83D", "\uDE80\uD83D"})
  void ownerOutOfShape_isRefused(String owner) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key("a", owner, Role.VIEWER, List.of()))
        .withMessageContaining("owner");
    assertThat(ApiKey.ownerProblem("x".repeat(101))).isPresent();
    assertThat(ApiKey.ownerProblem("x".repeat(100))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zoë \uD83D\uDE80", "\uD83D\uDE80", "日本"})
  void ownerOfAnyLetters_isTaken(String owner) {
    assertThat(key("a", owner, Role.VIEWER, List.of()).owner()).isEqualTo(owner);
    assertThat(ApiKey.ownerProblem("\uD83D\uDE80".repeat(100))).isEmpty();
  }

  @Test
  void typesOutOfShape_areRefused() {
    assertThat(ApiKey.typesProblem(Role.VIEWER, ORDERS)).get().asString().contains("producer");
    assertThat(ApiKey.typesProblem(Role.PRODUCER, List.of(new TypePattern("a,b")))).isPresent();
    assertThat(ApiKey.typesProblem(Role.PRODUCER, Collections.nCopies(101, TypePattern.ANY)))
        .isPresent();
  }
}

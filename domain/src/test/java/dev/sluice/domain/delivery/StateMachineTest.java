package dev.sluice.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks all pairs of states: the methods reach exactly what the table allows.
final class StateMachineTest {

  /// Two states, and whether the table allows the second to follow the first.
  record Pair(DeliveryState from, DeliveryState to) {
    private boolean isLegal() {
      return TransitionTable.LEGAL.getOrDefault(from.status(), Set.of()).contains(to.status());
    }

    @Override
    public String toString() {
      return from.status() + " to " + to.status();
    }
  }

  static Stream<Pair> legalPairs() {
    return allPairs().filter(Pair::isLegal);
  }

  static Stream<Pair> illegalPairs() {
    return allPairs().filter(pair -> !pair.isLegal());
  }

  private static Stream<Pair> allPairs() {
    return States.ALL.stream().flatMap(from -> States.ALL.stream().map(to -> new Pair(from, to)));
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void transitionMethods_reachExactlyWhatTheTableAllows(DeliveryStatus from) {
    Set<DeliveryStatus> reachable =
        States.ALL.stream()
            .filter(state -> state.status() == from)
            .flatMap(state -> States.reachableFrom(state).stream())
            .map(DeliveryState::status)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryStatus.class)));

    assertThat(reachable).isEqualTo(TransitionTable.LEGAL.get(from)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("legalPairs")
  void pairInTheTable_isPassedOn(Pair pair) {
    assertThat(TransitionTable.checked(pair.from(), pair.to())).isSameAs(pair.to());
  }

  @ParameterizedTest
  @MethodSource("illegalPairs")
  void pairNotInTheTable_isRefused(Pair pair) {
    assertThatThrownBy(() -> TransitionTable.checked(pair.from(), pair.to()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(pair.from().status().name(), pair.to().status().name());
  }

  @Test
  void legalAndIllegalPairs_areBothManyOfAllSixtyFour() {
    assertThat(legalPairs()).hasSize(21);
    assertThat(illegalPairs()).hasSize(43);
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void noStatus_followsItself(DeliveryStatus status) {
    assertThat(TransitionTable.allows(status, status)).isFalse();
  }

  @Test
  void samples_coverEveryStatusAndResolution() {
    assertThat(States.ALL)
        .extracting(DeliveryState::status)
        .containsAll(EnumSet.allOf(DeliveryStatus.class));
    assertThat(States.RESOLUTIONS)
        .map(resolution -> resolution.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(States.kindsOfResolution());
  }

  /// Fails when a new transition is missing in [States#reachableFrom], where no test would check
  /// it.
  @Test
  void statesHaveNoOtherTransitions_thanTheOnesWalked() {
    Set<String> transitions =
        States.ALL.stream()
            .flatMap(state -> Arrays.stream(state.getClass().getMethods()))
            .filter(method -> DeliveryState.class.isAssignableFrom(method.getReturnType()))
            .map(Method::getName)
            .collect(Collectors.toSet());

    assertThat(transitions)
        .containsExactlyInAnyOrder(
            "claim", "cancel", "settle", "replay", "discard", "extend", "reschedule", "before");
  }

  @Test
  void finishedStates_areThoseWithAFinishedStatus() {
    assertThat(States.ALL)
        .allSatisfy(
            state ->
                assertThat(state instanceof DeliveryState.Finished)
                    .isEqualTo(state.status().isFinished()));
  }
}

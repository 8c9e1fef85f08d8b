package dev.sluice.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RoleTest {

  @ParameterizedTest
  @CsvSource({
    "PRODUCER, PRODUCER",
    "VIEWER, VIEWER",
    "OPERATOR, PRODUCER VIEWER OPERATOR",
    "ADMIN, PRODUCER VIEWER OPERATOR ADMIN"
  })
  void role_allowsItselfAndLowerOnes(Role role, String allowed) {
    Set<String> all =
        Stream.of(Role.values()).filter(role::allows).map(Role::name).collect(Collectors.toSet());

    assertThat(all).containsExactlyInAnyOrder(allowed.split(" ", -1));
  }

  @ParameterizedTest
  @EnumSource
  void wireName_leadsBack(Role role) {
    assertThat(Role.named(role.wireName())).contains(role);
    assertThat(Role.named(role.name())).isEmpty();
  }
}

package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PunycodeTest {

  @ParameterizedTest
  @ValueSource(strings = {"bücher", "ключ", "例え", "mañana", "ελληνικά", "a-ü-b"})
  void encodedName_isValid(String name) {
    assertThat(Punycode.isValid(IDN.toASCII(name).substring(4))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-hia", "strae-oqa", "ls8h"})
  void nameOfNewerRules_isValid(String encoded) {
    assertThat(Punycode.isValid(encoded)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-", "99999999999", "zzzzzzzzzzzz", "a_", "-"})
  void otherText_isNotValid(String encoded) {
    assertThat(Punycode.isValid(encoded)).isFalse();
  }
}

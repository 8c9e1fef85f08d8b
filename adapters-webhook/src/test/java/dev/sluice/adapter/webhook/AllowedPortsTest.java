package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedPortsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80,443|443|true",
        "80,443|8443|false",
        "443, 8000-8999|8999|true",
        "443, 8000-8999|9000|false",
        "1024-65535|6379|false",
        "1024-65535|6380|true",
        "6379|6379|true",
        "1-65535|22|true",
      })
  void port_isAllowedByNumberOrRange(String ports, int port, boolean isAllowed) {
    assertThat(AllowedPorts.parse(ports).contains(port)).isEqualTo(isAllowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80,", "http", "0", "65536", "9-8", "80-", "-80", "80-90-100"})
  void otherText_isRefused(String ports) {
    assertThatThrownBy(() -> AllowedPorts.parse(ports))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orts");
  }
}

package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.filter.JsonValue.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.77/24, 10.0.0.1, true",
    "0.0.0.0/0, 255.255.255.255, true",
    "10.0.0.1/32, 10.0.0.1, true",
    "10.0.0.1/32, 10.0.0.2, false",
    "2001:db8::/32, 2001:DB8:0:1::5, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::8000:0/97, 2001:db8::8000:1, true",
    "2001:db8::8000:0/97, 2001:db8::1, false",
    "::/0, 1::, true",
    "::1/128, 0:0:0:0:0:0:0:1, true",
    "10.0.0.0/8, ::ffff:a00:1, true",
    "32.0.0.0/8, 2001:db8::1, false"
  })
  void address_isInItsNetwork(String network, String address, boolean isIn) {
    assertThat(Condition.inNetwork(network).matches(new Text(address))).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1::2::3",
        "12:30",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.1.2",
        "10.0..1",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "example.com",
        "٣.1.1.1"
      })
  void otherText_isNoAddress(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "a/8", "/8"})
  void otherText_isNoNetwork(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Condition.inNetwork(text));
  }

  @Test
  void addressOfVersion6_hasManySpellings() {
    Condition same = Condition.sameAddress("::1").orElseThrow();

    assertThat(same.matches(new Text("0:0::0001"))).isTrue();
    assertThat(same.matches(new Text("::2"))).isFalse();
    assertThat(Condition.sameAddress("10.0.0.1")).isEmpty();
    assertThat(Condition.sameAddress("text")).isEmpty();
  }
}

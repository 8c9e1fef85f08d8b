package dev.sluice.server.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.PayloadEqualityContract;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.PayloadEquality;
import org.junit.jupiter.api.Test;

final class JsonPayloadEqualityTest implements PayloadEqualityContract {

  @Override
  public PayloadEquality equality() {
    return new JsonPayloadEquality();
  }

  /// Valid JSON, which no number type of Java can hold.
  @Test
  void exponentBeyondAllLimits_isComparedByItsText() {
    assertThat(isSame("1e99999999999", "1e99999999999")).isTrue();
    assertThat(isSame("1e99999999999", "2")).isFalse();
    assertThat(isSame("2", "[1e-99999999999]")).isFalse();
  }

  /// Longer than the parser takes by default.
  @Test
  void longText_isCompared() {
    String text = "\"" + "x".repeat(21_000_000);

    assertThat(isSame(text + "\"", text + "y\"")).isFalse();
    assertThat(isSame(text + "/\"", text + "\\/\"")).isTrue();
  }

  @Test
  void longName_isCompared() {
    String name = "{\"" + "n".repeat(100_000);

    assertThat(isSame(name + "\":1}", name + "\": 1.0}")).isTrue();
    assertThat(isSame(name + "\":1}", name + "n\":1}")).isFalse();
  }

  @Test
  void nameWithAnUnpairedSurrogate_neverFails() {
    assertThat(isSame("{\"\\udfaa\":0}", "{\"\\udfaa\":0}")).isTrue();
    assertThat(isSame("{\"\\udfaa\":0}", "{\"\\udfaa\":1}")).isFalse();
  }

  private boolean isSame(String one, String other) {
    return equality().isSameValue(new Payload(one), new Payload(other));
  }
}

package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, http://127.0.0.1:8080",
    "https://sluice.example/, https://sluice.example",
    "'  http://h:1/base//  ', http://h:1/base",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void addresses_areTakenAsTheyAreTyped(String typed, String base) {
    assertThat(Target.of(typed, Optional.empty()).base()).hasToString(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://h",
        "http://",
        "http://u:p@h",
        "http://h?x=1",
        "not a host",
      })
  void others_areRefused(String typed) {
    assertThatIllegalArgumentException().isThrownBy(() -> Target.of(typed, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slc_a_\u200bsecret", "slc a secret", "slc_ä_secret"})
  void keyThatCannotBeSent_isRefusedWithoutBeingQuoted(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.of("h:1", Optional.of(key)))
        .withMessageNotContaining("secret");
  }

  @Test
  void text_neverShowsTheKey() {
    Target target = Target.of("http://h", Optional.of("slc_a_secret"));

    assertThat(target.toString()).doesNotContain("secret");
    assertThat(target.key()).contains("slc_a_secret");
  }
}

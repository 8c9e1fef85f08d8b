package dev.sluice.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Any text becomes one that survives encoding in UTF-8.
final class StorableTextTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars('a', 'ä', '\0', '\uD83D', '\uDE00', '\uFFFD')
        .ofMaxLength(12);
  }

  @Property(tries = 5_000)
  void anyText_becomesOneThatUtf8GivesBack(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 12) int maxLength) {
    String storable = StorableText.of(text, maxLength);

    byte[] bytes = storable.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(storable).doesNotContain("\0");
    assertThat(storable.length()).isBetween(Math.min(text.length(), maxLength - 1), maxLength);
  }

  @Property(tries = 1_000)
  void storableText_staysAsItIs(@ForAll("texts") String text) {
    String storable = StorableText.of(text, 100);

    assertThat(StorableText.of(storable, 100)).isSameAs(storable);
  }
}

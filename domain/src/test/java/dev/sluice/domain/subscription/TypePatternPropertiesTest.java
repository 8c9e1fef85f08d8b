package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.EventType;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A pattern matches the same texts as the equivalent regular expression.
final class TypePatternPropertiesTest {

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab.*").ofMinLength(1).ofMaxLength(10);
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.strings().withChars("ab.").ofMinLength(1).ofMaxLength(12);
  }

  @Property(tries = 20_000)
  void pattern_agreesWithTheSameRegularExpression(
      @ForAll("globs") String glob, @ForAll("types") String type) {
    String regex =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

    assertThat(new TypePattern(glob).matches(new EventType(type)))
        .isEqualTo(Pattern.matches(regex, type));
  }
}

package dev.sluice.adapter.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A prefix is added to every key in every script.
final class ScriptTest {

  private static final Path FOLDER =
      Path.of("src", "main", "resources", "dev", "sluice", "adapter", "broker");

  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern KEY = Pattern.compile("(?<!a:)(sluice|processed)\\b");

  static Stream<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".lua"))
          .map(name -> name.substring(0, name.length() - ".lua".length()))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void keysOfAScript_haveThePrefix(String name) {
    Script script = Script.alone(name);

    Script prefixed = script.with(new KeyPrefix("a:"));

    assertThat(COMMENT.matcher(prefixed.text()).replaceAll("")).doesNotContainPattern(KEY);
    assertThat(script.with(KeyPrefix.NONE)).isEqualTo(script);
  }
}

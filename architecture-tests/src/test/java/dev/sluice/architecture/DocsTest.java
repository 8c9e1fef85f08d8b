package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The types, methods and paths that the docs for developers name exist.
final class DocsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern NAME =
      Pattern.compile(
          "([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#]([a-zA-Z][A-Za-z0-9_]*)(?:\\(.*\\))?)?");
  private static final Pattern PATH = Pattern.compile("(?:[a-z][a-z-]*/)+[A-Za-z0-9_./-]*");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

  /// Names of the JDK and of other products, and parts of names that the rules forbid or ask for.
  private static final Set<String> OTHERS =
      Set.of(
          "Abstract",
          "Base",
          "Common",
          "Duration",
          "Helper",
          "Impl",
          "Instant",
          "InstantSource",
          "InterruptedException",
          "Manager",
          "Optional",
          "Postgres",
          "RandomGenerator",
          "System",
          "Thread",
          "Util");

  /// The sources that declare a type of each name.
  private static final Map<String, String> SOURCES = new HashMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target/"))
          .forEach(DocsTest::readSource);
    }
  }

  private static void readSource(Path file) {
    try {
      String text = Files.readString(file);
      DECLARED
          .matcher(text)
          .results()
          .forEach(found -> SOURCES.merge(found.group(1), text, String::concat));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> codes(String page) throws IOException {
    return CODE.matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
  void namedTypesAndMethods_exist(String page) throws IOException {
    assertThat(codes(page)).filteredOn(DocsTest::isMissing).isEmpty();
  }

  private static boolean isMissing(String code) {
    Matcher name = NAME.matcher(code);
    if (!name.matches() || name.group(1).startsWith("Xxx") || OTHERS.contains(name.group(1))) {
      return false;
    }
    String source = SOURCES.get(name.group(1));
    String member = name.group(2);
    return source == null
        || (member != null && !Pattern.compile("\\b" + member + "\\b").matcher(source).find());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
  void namedPaths_exist(String page) throws IOException {
    assertThat(codes(page))
        .filteredOn(code -> PATH.matcher(code).matches() && !code.contains("target/"))
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }
}

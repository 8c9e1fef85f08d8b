package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every package of every technology is confined, even when the library is not in use yet.
final class TechnologyRulesTest {

  private static final String ROOT = "generated";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("packages")
  void libraryOutsideOfItsHome_isFound(String library, Technology technology) {
    String stranger = ROOT + ".domain.Stranger";

    assertThat(failures(stranger, library))
        .as("%s belongs to %s", library, technology)
        .anyMatch(message -> message.contains(stranger));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void libraryAtHome_isAllowed(String library, Technology technology) {
    assertThat(technology.homes(ROOT))
        .allSatisfy(home -> assertThat(failures(home + ".Inhabitant", library)).isEmpty());
  }

  private List<String> failures(String className, String library) {
    new GeneratedClass(className).writeWithField(directory, library + ".inside.Something");
    var generated = new ClassFileImporter().importPath(directory.resolve(className + ".class"));
    return TechnologyRules.technologiesStayAtHome(ROOT)
        .allowEmptyShould(true)
        .evaluate(generated)
        .getFailureReport()
        .getDetails();
  }

  private static Stream<Arguments> packages() {
    return Stream.of(Technology.values())
        .flatMap(technology -> technology.packages().map(name -> Arguments.of(name, technology)));
  }
}

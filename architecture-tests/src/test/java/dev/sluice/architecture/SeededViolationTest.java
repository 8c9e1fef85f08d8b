package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each rule finds its seeded violations.
///
/// The packages below `violation` are layered like the product; each rule runs on them and must
/// find the violations that were seeded for it.
final class SeededViolationTest {

  private static final String ROOT = "violation";

  @TempDir private static Path generated;

  private static JavaClasses seeds;

  @BeforeAll
  static void importSeeds() {
    new GeneratedClass(ROOT + ".admin.viewmodel.HoldsControl")
        .writeWithField(generated, "javafx.scene.Node");
    new GeneratedClass(ROOT + ".server.InjectedField")
        .writeWithAnnotation(generated, "jakarta.inject.Inject");
    for (int number = 1; number <= 46; number++) {
      new GeneratedClass(ROOT + ".crowded.Type" + number).write(generated);
    }
    seeds =
        new ClassFileImporter().importPaths(TestClasses.ofThisModule().resolve(ROOT), generated);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void seededViolation_isFound(Rule rule) {
    assertThat(failures(rule.of(ROOT)))
        .as("what %s finds", rule)
        .satisfies(
            found ->
                assertThat(rule.seeds())
                    .allSatisfy(
                        seed -> assertThat(found).anyMatch(message -> message.contains(seed))));
  }

  @Test
  void skippedTest_isFound() {
    assertThat(failures(HygieneRules.noTestIsSkipped(ROOT)))
        .containsExactlyInAnyOrder(
            "Class <violation.server.SkippedClass> is @Disabled",
            "Method <violation.server.SkippedMethod.isSkipped()> is @Disabled");
  }

  private static List<String> failures(ArchRule rule) {
    return rule.evaluate(seeds).getFailureReport().getDetails();
  }
}

package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How `./sluice` adapts to the machine that it runs on.
@Tag("shell")
final class LauncherTest {

  @TempDir private Path folder;
  private FakeCheckout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new FakeCheckout(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLUICE_JAVA_HOME", "JAVA_HOME"})
  void relativeJdk_isMadeAbsolute(String variable) throws Exception {
    var ended = checkout.run(Map.of(variable, "checkout/../jdk"), "format");

    assertThat(ended).isEqualTo(new FakeCheckout.Ended(0, ""));
    String home = checkout.mavenCalls().getFirst().split(" ", 2)[0];
    assertThat(Path.of(home)).isAbsolute().isEqualTo(folder.resolve("jdk"));
  }

  @Test
  void jdkBehindAShim_isFound() throws Exception {
    Path jdk = folder.resolve("versions/25");
    FakeCheckout.jdk(jdk, "25");
    FakeCheckout.program(
        folder.resolve("shims/java"), "#!/bin/sh\nexec '" + jdk + "/bin/java' \"$@\"\n");
    String path = folder.resolve("shims") + ":" + System.getenv("PATH");

    checkout.run(Map.of("PATH", path), "format");

    assertThat(checkout.mavenCalls()).singleElement().asString().startsWith(jdk + " ");
  }

  @Test
  void oldJdk_isNamedWithItsVersion() throws Exception {
    FakeCheckout.jdk(folder.resolve("old"), "17");

    var ended = checkout.run(Map.of("SLUICE_JAVA_HOME", "old"), "format");

    assertThat(ended.code()).isEqualTo(Main.USAGE);
    assertThat(ended.output()).contains("SLUICE_JAVA_HOME is old, a JDK 17");
  }

  @Test
  void training_hasTheFlagsOfTheStart() throws Exception {
    checkout.run("serve");

    assertThat(checkout.javaCalls()).hasSize(2);
    assertThat(checkout.javaCalls())
        .allMatch(call -> call.contains("-XX:+UseG1GC -XX:+ExitOnOutOfMemoryError "));
    assertThat(checkout.javaCalls().getFirst()).contains("-XX:AOTCacheOutput=").endsWith("warm-up");
    assertThat(checkout.javaCalls().getLast()).contains("-XX:AOTCache=").endsWith("serve");
  }

  @Test
  void collectorOfTheUser_replacesOurs() throws Exception {
    checkout.run(
        Map.of("JAVA_HOME", "jdk", "SLUICE_JAVA_OPTS", "-Xmx1g -XX:+UseZGC -XX:+UseNUMA"), "serve");

    assertThat(checkout.javaCalls().getLast())
        .contains("-Xmx1g -XX:+UseZGC -XX:+UseNUMA -jar")
        .doesNotContain("UseG1GC");
  }

  @Test
  void copiedCheckout_isNotBuiltAgainAndTrainsACacheOfItsOwn() throws Exception {
    checkout.run("serve");
    FakeCheckout copy = checkout.copy("copy");

    copy.run("serve");

    assertThat(copy.mavenCalls()).hasSize(1);
    assertThat(copy.javaCalls()).hasSize(4);
    assertThat(copy.javaCalls().get(2)).contains("-XX:AOTCacheOutput=" + copy.root());
  }

  @Test
  void withoutHome_downloadsGoBelowTheCheckout() throws Exception {
    checkout.run("format");

    assertThat(checkout.mavenCalls().getFirst())
        .contains("-Dmaven.repo.local=" + checkout.root() + "/target/maven/repository");
  }

  @Test
  void folderThatCannotBeWritten_isNamedWithAdvice() throws Exception {
    Files.writeString(checkout.root().resolve("target"), "a file where the folder should be");

    var ended = checkout.run("serve");

    assertThat(ended.code()).isEqualTo(Main.FAILED);
    assertThat(ended.output())
        .contains("cannot write to " + checkout.root() + "/target/run", "Make the checkout writ");
  }

  @Test
  void check_runsAllTestsAndQuickOnlySome() throws Exception {
    checkout.run("check");
    var quick = checkout.run("check", "--quick", "-pl", "domain");

    assertThat(checkout.mavenCalls().getFirst())
        .endsWith(" verify")
        .doesNotContain("check.quick", "slow");
    assertThat(checkout.mavenCalls().getLast())
        .contains("-Dcheck.quick", "-DexcludedGroups=slow,", "-pl domain")
        .endsWith(" prepare-package");
    assertThat(quick.output()).contains("leaving out process tests", "tag slow", "check took");
  }

  @Test
  void checkWithoutATest_fails() throws Exception {
    var ended = checkout.run("check", "--quick");

    assertThat(ended.code()).isEqualTo(Main.FAILED);
    assertThat(ended.output()).contains("no test ran", "0 passed, 0 failed, 0 skipped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Dtest=DrainIT", "-Dtest=DrainIT#idle_endsAtOnce", "-Dtest=DrainIT,ATest"})
  void processTestChosenAsUnitTest_isRefusedWithTheRightOption(String argument) throws Exception {
    var ended = checkout.run("check", argument);

    assertThat(ended.code()).isEqualTo(Main.USAGE);
    assertThat(ended.output()).contains("-Dit.test=" + argument.substring("-Dtest=".length()));
    assertThat(checkout.mavenCalls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void helpOfCheck_namesItsOptionsAndChecksNothing(String option) throws Exception {
    var ended = checkout.run("check", option);

    assertThat(ended.code()).isEqualTo(Main.OK);
    assertThat(ended.output()).contains("--quick", "-Dtest=", "-Dit.test=");
    assertThat(checkout.mavenCalls()).isEmpty();
  }
}

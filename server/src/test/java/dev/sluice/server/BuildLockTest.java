package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock that prevents two starts of `./sluice` from building at once, even in containers that
/// share the checkout and cannot see each other's processes.
@Tag("shell")
final class BuildLockTest {

  private static final String WAITING = "Waiting for another build";

  @TempDir private Path folder;
  private FakeCheckout checkout;
  private Path lock;
  private Path owner;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new FakeCheckout(folder);
    lock = checkout.root().resolve("target/run/lock");
    owner = lock.resolve("owner");
  }

  @Test
  void secondStart_waitsAndDoesNotBuildAgain() throws Exception {
    checkout.holdBuilds();
    try (var first = checkout.start("serve")) {
      awaitBuild();
      try (var second = checkout.start("serve")) {
        second.awaitOutput(WAITING);
        checkout.endBuilds();

        assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
      }
    }
    assertThat(checkout.mavenCalls()).hasSize(1);
    assertThat(lock).doesNotExist();
  }

  @Test
  void lockOfAKilledProcess_isTakenAwayAtOnce() throws Exception {
    checkout.holdBuilds();
    try (var killed = checkout.start("serve")) {
      awaitBuild();
      killed.process().destroyForcibly().waitFor();
    }
    checkout.endBuilds();

    assertThat(checkout.run("serve").output()).doesNotContain(WAITING);
    assertThat(lock).doesNotExist();
  }

  @Test
  void lockOfAnotherContainer_isRespectedWhileItsOwnerIsAtWork() throws Exception {
    // No process here has this id, which says nothing about the processes of the other container.
    lockAs("1999999999\n1\nanother container");
    try (var start = checkout.start("serve")) {
      start.awaitOutput(WAITING);
      assertThat(lock).exists();
      assertThat(checkout.mavenCalls()).isEmpty();

      Files.setLastModifiedTime(owner, FileTime.from(Instant.now().minus(5, ChronoUnit.MINUTES)));

      assertThat(start.exitCode()).isZero();
    }
  }

  @Test
  void numberOfAnotherProcess_isNotTakenForTheOwner() throws Exception {
    checkout.holdBuilds();
    String space;
    try (var killed = checkout.start("serve")) {
      awaitBuild();
      space = Files.readAllLines(owner).getLast();
      killed.process().destroyForcibly().waitFor();
    }
    checkout.endBuilds();
    Files.writeString(owner, ProcessHandle.current().pid() + "\n1\n" + space + "\n");

    assertThat(checkout.run("serve").output()).doesNotContain(WAITING);
  }

  @Test
  void lockThatBelongsToAnotherByNow_isLeftAlone() throws Exception {
    checkout.holdBuilds();
    try (var start = checkout.start("serve")) {
      awaitBuild();
      Files.writeString(owner, "1\n1\nanother container\n");
      start.process().destroy();

      assertThat(start.exitCode()).isEqualTo(143);
    }
    checkout.endBuilds();
    assertThat(owner).hasContent("1\n1\nanother container");
  }

  private void lockAs(String text) throws IOException {
    Files.createDirectories(lock);
    Files.writeString(owner, text + "\n");
  }

  private void awaitBuild() {
    Eventually.holds(
        "a build has begun", () -> !checkout.mavenCalls().isEmpty() && Files.exists(owner));
  }
}

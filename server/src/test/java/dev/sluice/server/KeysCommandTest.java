package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysCommandTest {

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  private Run run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--data-dir=" + folder.resolve("data"));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.run(
            all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }

  private List<ApiKey> stored() {
    return SqliteAdapter.onKeys(
        new SqliteSettings(folder.resolve("data")), (keys, _) -> keys.all());
  }

  @Test
  void addedKey_isPrintedOnceAndStoredAsAHash() {
    Run run =
        run(
            "keys",
            "add",
            "--owner=shop",
            "--role=producer",
            "--types=order.*, invoice.*",
            "--hide-payloads",
            "--expires=90d");

    assertThat(run.code()).isEqualTo(Main.OK);
    String key = run.out().strip();
    assertThat(AccessKeys.isKey(key)).as(key).isTrue();
    assertThat(run.err()).contains("for shop", "role producer").doesNotContain(key);
    ApiKey stored = stored().getFirst();
    assertThat(key).startsWith("slc_" + stored.id() + "_");
    assertThat(stored.role()).isEqualTo(Role.PRODUCER);
    assertThat(stored.types())
        .extracting(TypePattern::glob)
        .containsExactly("order.*", "invoice.*");
    assertThat(stored.hidesPayloads()).isTrue();
    assertThat(Duration.between(stored.createdAt(), stored.expiresAt().orElseThrow()))
        .isBetween(Duration.ofDays(90).minusMinutes(1), Duration.ofDays(90));
  }

  @Test
  void listAndRevoke_workBesideTheService() {
    try (var service =
        SqliteAdapter.open(
            new SqliteSettings(folder.resolve("data")),
            TimeSource.of(InstantSource.system(), System::nanoTime),
            Thread.ofPlatform().daemon().factory())) {
      assertThat(run("keys", "add", "--owner=me", "--role=admin").code()).isEqualTo(Main.OK);
      String id = service.keys().all().getFirst().id();

      assertThat(run("keys", "revoke", id)).isEqualTo(new Run(0, "revoked " + id + end(), ""));

      assertThat(service.keys().all().getFirst().revokedAt()).isPresent();
      assertThat(run("keys", "list").out().lines())
          .hasSize(2)
          .last()
          .asString()
          .contains(id, "admin", "revoked", "me");
    }
  }

  @Test
  void unknownKey_cannotBeRevoked() {
    Run run = run("keys", "revoke", "stranger");

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("there is no key with the id stranger");
  }

  @Test
  void thirdLiveKey_isRefused() {
    run("keys", "add", "--owner=me", "--role=viewer");
    run("keys", "add", "--owner=me", "--role=viewer");

    Run third = run("keys", "add", "--owner=me", "--role=viewer");

    assertThat(third.code()).isEqualTo(Main.FAILED);
    assertThat(third.out()).isEmpty();
    assertThat(third.err()).contains("me has 2 live keys", "revoke");
  }

  @Test
  void memory_keepsNoKeyButShowsOne() {
    Run add = run("keys", "add", "--owner=me", "--role=admin", "--storage=memory");

    assertThat(add.code()).isEqualTo(Main.FAILED);
    assertThat(AccessKeys.isKey(add.out().strip())).isTrue();
    assertThat(add.err()).contains("ADMIN_KEY");
    assertThat(run("keys", "list", "--storage=memory").code()).isEqualTo(Main.FAILED);
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys",
        "keys add",
        "keys add --owner=me",
        "keys add --owner=me --role=boss",
        "keys add --owner=me --role=viewer --types=a",
        "keys add --owner=me --role=producer --types=a,,b",
        "keys add --owner=me --role=viewer --expires=soon",
        "keys revoke"
      })
  void wrongUse_isOneLineAndExitCode2(String line) {
    Run run = line.equals("keys") ? bare() : run(line.split(" ", -1));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().startsWith("sluice: ");
  }

  private static Run bare() {
    var err = new StringWriter();
    int code =
        Main.run(
            new String[] {"keys"}, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    return new Run(code, "", err.toString());
  }

  private static String end() {
    return System.lineSeparator();
  }

  @Test
  void whatIsDone_isTakenDown() {
    run("keys", "add", "--owner", "me", "--role", "admin");
    String id = stored().getFirst().id();
    run("keys", "revoke", id);

    List<ActivityEntry> entries =
        SqliteAdapter.onKeys(
            new SqliteSettings(folder.resolve("data")), (_, activity) -> activity.from(1, 10));

    assertThat(entries)
        .extracting(
            entry ->
                "%s %s %s"
                    .formatted(
                        entry.operation().action(),
                        entry.operation().target(),
                        entry.operation().result()))
        .containsExactly(
            "key.add  begun",
            "key.add " + id + " done",
            "key.revoke " + id + " begun",
            "key.revoke " + id + " done");
    assertThat(entries.getFirst().actor().name()).startsWith("command line of ");
  }
}

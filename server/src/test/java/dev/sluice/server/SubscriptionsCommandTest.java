package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscriptionsCommandTest {

  private static final String MAIL =
      "  - {name: mail, types: [order.*], destination: {kind: log}}\n";
  private static final String AUDIT =
      "  - {name: audit, types: ['*'], destination: {kind: demo}}\n";

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  private Run run(String... arguments) {
    var all = new ArrayList<>(List.of("subscriptions"));
    all.addAll(List.of(arguments));
    all.add("--data-dir=" + folder.resolve("data"));
    return runBare(all.toArray(String[]::new));
  }

  private static Run runBare(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }

  private String file(String subscriptions) throws IOException {
    Path file = folder.resolve("declared.yaml");
    Files.writeString(file, "subscriptions:\n" + subscriptions);
    return "--file=" + file;
  }

  private SqliteSettings settings() {
    return new SqliteSettings(folder.resolve("data"));
  }

  private SqliteAdapter service() {
    return SqliteAdapter.open(
        settings(),
        TimeSource.of(InstantSource.system(), System::nanoTime),
        Thread.ofPlatform().daemon().factory());
  }

  private List<String> stored() {
    return SqliteAdapter.onSubscriptions(
        settings(),
        (store, _) ->
            store.all().subscriptions().stream()
                .map(one -> one.name() + " " + one.lifecycle().wireName() + " " + one.origin())
                .toList());
  }

  private void putThroughApi(String name) {
    var change =
        new SubscriptionChange(
            new SubscriptionName(name),
            Expected.ANY,
            SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log()),
            Lifecycle.ACTIVE,
            Origin.API);
    SqliteAdapter.onSubscriptions(
        settings(), (store, _) -> store.change(List.of(change), "ann", Instant.EPOCH));
  }

  private List<String> activity() {
    return SqliteAdapter.onSubscriptions(
        settings(),
        (_, log) ->
            log.from(1, 100).stream()
                .map(
                    entry ->
                        entry.operation().action()
                            + " "
                            + entry.operation().result()
                            + ": "
                            + entry.operation().detail())
                .toList());
  }

  @Test
  void applyBesideTheService_isStoredOnceAndRecorded() throws IOException {
    try (SqliteAdapter service = service()) {
      assertThat(run("apply", file(MAIL + AUDIT)))
          .isEqualTo(
              new Run(
                  Main.OK,
                  """
                  create     mail
                  create     audit
                  2 created, 0 updated, 0 taken over, 0 deleted, 0 unchanged
                  """
                      .replace("\n", System.lineSeparator()),
                  ""));
      assertThat(run("apply", file(MAIL + AUDIT)).out())
          .startsWith("0 created, 0 updated, 0 taken over, 0 deleted, 2 unchanged");

      assertThat(service.subscriptions().version()).isOne();
    }
    assertThat(stored()).containsExactly("audit active FILE", "mail active FILE");
    assertThat(activity())
        .containsExactly(
            "subscriptions.apply begun: ", "subscriptions.apply done: create mail, create audit");
  }

  @Test
  void dryRun_changesNothing() throws IOException {
    Run run = run("apply", "--dry-run", file(MAIL));

    assertThat(run.out()).contains("create     mail", "dry run, nothing was changed: 1 created");
    assertThat(stored()).isEmpty();
    assertThat(activity()).isEmpty();
  }

  @Test
  void wrongFile_namesEveryProblemAndStoresNothing() throws IOException {
    Run run = run("apply", file(MAIL + "  - {name: UPPER, types: [], destination: {kind: log}}\n"));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("sluice: ") && line.contains("declared.yaml:3: "));
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  @Test
  void subscriptionOfTheApi_isRefusedUntilItIsTakenOver() throws IOException {
    putThroughApi("mail");

    Run refused = run("apply", file(MAIL + AUDIT));
    assertThat(refused.code()).isEqualTo(Main.FAILED);
    assertThat(refused.err()).contains("made through the API: mail.", "--take-over");
    assertThat(run("apply", "--dry-run", file(MAIL)).code()).isEqualTo(Main.FAILED);
    assertThat(stored()).containsExactly("mail active API");

    assertThat(run("apply", "--take-over", file(MAIL + AUDIT)).out()).contains("take over  mail");
    assertThat(stored()).containsExactly("audit active FILE", "mail active FILE");
  }

  @Test
  void removedSubscription_isFinishedOrCancelled() throws IOException {
    run("apply", file(MAIL + AUDIT));

    assertThat(run("apply", file(MAIL)).out()).contains("delete     audit");
    assertThat(stored()).containsExactly("audit finishing FILE", "mail active FILE");
    run("apply", "--deliveries=cancel", file(MAIL));
    assertThat(stored()).containsExactly("audit cancelling FILE", "mail active FILE");

    Run again = run("apply", file(MAIL + AUDIT));
    assertThat(again.code()).isEqualTo(Main.FAILED);
    assertThat(again.err()).contains("being cancelled: audit");
  }

  @Test
  void export_isAFileThatChangesNothing() throws IOException {
    run("apply", file(MAIL + AUDIT));
    putThroughApi("manual");
    Path exported = folder.resolve("exported.yaml");

    assertThat(run("export", "--output=" + exported)).isEqualTo(new Run(Main.OK, "", ""));

    assertThat(run("export").out()).isEqualTo(Files.readString(exported));
    assertThat(run("apply", "--take-over", "--file=" + exported).out())
        .contains(
            "take over  manual", "0 created, 0 updated, 1 taken over, 0 deleted, 2 unchanged");
    assertThat(run("export").out()).isEqualTo(Files.readString(exported));
  }

  private static String webhook(String url, String more) {
    return "  - {name: hook, types: ['*'], destination: {kind: webhook, url: '"
        + url
        + "'}"
        + more
        + "}\n";
  }

  private List<Destination> destinations() {
    return SqliteAdapter.onSubscriptions(
        settings(),
        (store, _) ->
            store.all().subscriptions().stream()
                .map(one -> one.definition().destination())
                .toList());
  }

  @Test
  void webhook_keepsItsSecretHoweverOftenItIsApplied() throws IOException {
    String url = "http://127.0.0.1:9099/in";
    assertThat(run("apply", file(webhook(url, ""))).out()).contains("1 created");
    List<Destination> stored = destinations();
    assertThat(((Destination.Webhook) stored.getFirst()).secrets()).hasSize(1);

    assertThat(run("apply", file(webhook(url, ""))).out()).contains("1 unchanged");
    assertThat(run("apply", file(webhook(url, ", description: new"))).out()).contains("1 updated");

    assertThat(destinations()).isEqualTo(stored);
    String exported = run("export").out();
    assertThat(exported).contains(url, "webhook").doesNotContain("v1:", "secret", "whsec_");
    Path file = Files.writeString(folder.resolve("exported.yaml"), exported);
    assertThat(run("apply", "--file=" + file).out()).contains("1 unchanged");
  }

  @Test
  void webhookThatMayNotBeSent_isRefusedAndStoresNothing() throws IOException {
    Run run = run("apply", file(MAIL + webhook("http://10.0.0.1:8080/", "")));

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("hook", "destination/url", "10.0.0.1", "Nothing was changed");
    assertThat(stored()).isEmpty();
  }

  @Test
  void list_showsEachOnALine() throws IOException {
    assertThat(run("list").err()).contains("default");
    run("apply", file(MAIL));

    assertThat(run("list").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("mail", "active", "file", "log", "order.*");
  }

  @Test
  void configuredFile_isTheDefaultOfApply() throws IOException {
    String file = file(MAIL).replace("--file=", "--subscriptions-file=");

    assertThat(run("apply", file).out()).contains("1 created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "export", "apply"})
  void memory_isRefused(String command) throws IOException {
    Run run =
        command.equals("apply")
            ? run(command, file(MAIL), "--storage=memory")
            : run(command, "--storage=memory");

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("SUBSCRIPTIONS_FILE");
  }

  @Test
  void wrongUse_isOneLineAndExitCode2() {
    for (Run run :
        List.of(
            runBare("subscriptions"),
            run("apply"),
            run("apply", "--file=x", "--deliveries=keep"),
            run("apply", "--file=" + folder.resolve("none.yaml")))) {
      assertThat(run.code()).isEqualTo(Main.USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).singleElement().asString().startsWith("sluice: ");
    }
  }
}

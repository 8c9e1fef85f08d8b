package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ConfigKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  @Test
  void noArguments_printHelp() {
    Run run = run();

    assertThat(run.code()).isEqualTo(Main.OK);
    assertThat(run.out()).contains("serve", "config", "version", "help").doesNotContain("warm-up");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void help_isWhatNoArgumentsPrint() {
    assertThat(run("help")).isEqualTo(run());
    assertThat(run("--help")).isEqualTo(run());
    assertThat(run("--version")).isEqualTo(run("version"));
  }

  @ParameterizedTest
  @CsvSource({
    "serve --help,         --port=",
    "serve -h,             --port=",
    "config --port=1 -h,   --port=",
    "keys --help,          revoke",
    "keys add --help,      --owner",
    "storage check --help, --data-dir",
    "backup -h,            FILE",
    "listen --help,        --secret",
    "version --help,       sluice version"
  })
  void helpAfterACommand_explainsIt(String line, String text) {
    Run run = run(line.split(" ", -1));

    assertThat(run.code()).isEqualTo(Main.OK);
    assertThat(run.out()).contains("Usage: sluice " + line.split(" ", -1)[0], text);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "serv,            serve",
    "serve --prot=1,  --port",
    "serve --worker 3, --workers",
    "keys ad,         add"
  })
  void wordThatIsNearlyRight_isGuessed(String line, String meant) {
    Run run = run(line.split(" ", -1));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains("; did you mean " + meant + "? (see sluice help)");
  }

  @Test
  void secretOnTheCommandLine_isWarnedOfAndMasked() {
    Run run = run("config", "--database-url", "postgresql://me:hidden@host/db");

    assertThat(run.code()).isEqualTo(Main.OK);
    assertThat(run.err()).contains("DATABASE_URL is on the command line", "--database-url-file");
    assertThat(run.out() + run.err()).doesNotContain("hidden");
  }

  @Test
  void keyOfSecrets_isMasked() {
    Run run = run("config", "--secrets-key", "ab".repeat(32));

    assertThat(run.code()).isEqualTo(Main.OK);
    assertThat(run.err()).contains("SECRETS_KEY is on the command line", "--secrets-key-file");
    assertThat(run.out()).containsPattern("SECRETS_KEY +\\*\\*\\*");
    assertThat(run.out() + run.err()).doesNotContain("abab");
  }

  @Test
  void secretFile_canBeNamedByAnOption() throws IOException {
    Path secret = Files.writeString(folder.resolve("url"), "postgresql://me:hidden@host/db");

    Run run = run("config", "--database-url-file", secret.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("postgresql://me:***@host/db", "(command line, " + secret + ")");
  }

  @Test
  void dataFolderThatIsAFile_isExplained() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");

    Run run = run("keys", "list", "--storage", "sqlite", "--data-dir", file.toString());

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains(file.toString(), "it is a file", "DATA_DIR");
  }

  @Test
  void helpOfServe_namesEveryKeyAndDefault() {
    Run run = run("help", "serve");

    assertThat(run.code()).isEqualTo(Main.OK);
    for (ConfigKey key : ConfigKey.values()) {
      assertThat(run.out()).contains(key.option() + "=");
    }
    assertThat(run.out()).contains("--endpoint", "--config", "(default: 8080)");
  }

  @ParameterizedTest
  @CsvSource({
    "listen --secret nonsense,  a signing secret must be `whsec_` and 24 to 64 bytes",
    "listen --secret whsec_AAAA, 24 to 64 bytes in base64",
    "listen --fail 2,           --fail must be a share from 0 to 1",
    "listen --status 100,       --status must be 200 to 599",
    "listen --delay soon,       --delay must be a duration such as 500ms",
    "listen 99999,              PORT must be 0 to 65535",
    "listen 9000 --fial 1,      did you mean --fail"
  })
  void listenWithWrongArguments_isExplained(String line, String why) {
    Run run = run(line.split(" ", -1));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).containsIgnoringCase(why).doesNotContain("AAAA");
  }

  @Test
  void listenOnAPortInUse_isExplained() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = run("listen", String.valueOf(taken.getLocalPort()));

      assertThat(run.code()).isEqualTo(Main.FAILED);
      assertThat(run.err())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "another port, such as");
    }
  }

  @Test
  void listenOnAnUnknownHost_isExplained() {
    Run run = run("listen", "0", "--host", "999.1.1.1");

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("cannot listen on 999.1.1.1:0", "choose another --host");
  }

  @Test
  void storageCheckAndBackup_needAStorage() {
    String nowhere = folder.resolve("nowhere").toString();

    for (Run run :
        List.of(
            run("storage", "check", "--data-dir", nowhere),
            run("backup", folder.resolve("copy.db").toString(), "--data-dir", nowhere))) {
      assertThat(run.code()).isEqualTo(Main.FAILED);
      assertThat(run.err()).contains("there is no storage in " + nowhere, "DATA_DIR");
    }
  }

  @Test
  void backup_isCheckedLikeTheStorage() throws IOException {
    Path data = folder.resolve("data");
    Path copies = Files.createDirectory(folder.resolve("copies"));
    SqliteAdapter.open(
            new SqliteSettings(data),
            TimeSource.of(InstantSource.system(), System::nanoTime),
            Thread.ofPlatform().factory())
        .close();

    Run backup =
        run("backup", copies.resolve("sluice.db").toString(), "--data-dir", data.toString());
    Run check = run("storage", "check", "--data-dir", copies.toString());

    assertThat(backup.out()).startsWith("backed up to ").contains("sluice.db");
    assertThat(check).isEqualTo(new Run(Main.OK, "0 events, no problem found" + end(), ""));
  }

  @Test
  void storageCommands_needTheEmbeddedStorage() {
    Run run = run("storage", "check", "--storage", "memory");

    assertThat(run.code()).isEqualTo(Main.FAILED);
    assertThat(run.err()).contains("STORAGE is memory");
  }

  @Test
  void storageWithoutCommand_saysWhichThereAre() {
    Run run = run("storage");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err()).contains("storage needs a command: check");
  }

  @Test
  void version_isOneLine() {
    assertThat(run("version")).isEqualTo(new Run(Main.OK, "sluice dev" + end(), ""));
  }

  @Test
  void config_printsEveryKeyWithItsOrigin() throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), "workers: 3\n");

    Run run = run("config", "--config", file.toString(), "--port", "1234");

    assertThat(run.code()).isEqualTo(Main.OK);
    assertThat(run.out().lines()).hasSize(ConfigKey.values().length);
    assertThat(run.out())
        .containsPattern("(?m)^PORT +1234 +\\(command line\\)$")
        .containsPattern("(?m)^WORKERS +3 +\\(.*s\\.yaml\\)$")
        .containsPattern("(?m)^RETENTION +7d +\\((default|environment)\\)$");
  }

  @Test
  void config_showsValuesAndThenWhatIsWrongWithThem() {
    Run run = run("config", "--workers=none");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).containsPattern("(?m)^WORKERS +none +\\(command line\\)$");
    assertThat(run.err().lines())
        .containsExactly(
            "sluice: WORKERS must be a number from 1 to 100000, but is 'none' (command line)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serv",
        "--port=1",
        "serve --prot=1",
        "serve 8080",
        "serve --port",
        "version now",
        "config --port=1 --port=2",
        "help nothing"
      })
  void wrongUse_isOneLineAndExitCode2(String line) {
    Run run = run(line.split(" ", -1));

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("sluice: ")
        .endsWith("(see sluice help)");
  }

  @Test
  void wrongValues_areAllNamed() {
    Run run = run("serve", "--port=x", "--workers=0", "--retention=soon", "--endpoint=:1");

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(List.of("PORT", "WORKERS", "RETENTION", "BIND_ADDRESS"))
        .allSatisfy(key -> assertThat(run.err()).contains("sluice: " + key + " must be "));
    assertThat(run.err().lines()).hasSize(4);
  }

  @Test
  void unknownKeyInFile_isExitCode2() throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), "prot: 1\n");

    Run run = run("serve", "-c", file.toString());

    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err().lines()).singleElement().asString().contains("prot is not a key");
  }

  private static Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }

  private static String end() {
    return System.lineSeparator();
  }
}

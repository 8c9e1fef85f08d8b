package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.domain.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackupCheckTest {

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  @Test
  void checkOfABackup_readsThatFileAlone() throws IOException {
    Path backup = backup(folder.resolve("copy.db"));

    Run check = run("storage", "check", backup.toString(), "--data-dir", "nowhere");

    assertThat(check)
        .isEqualTo(new Run(Main.OK, "0 events, no problem found" + System.lineSeparator(), ""));
  }

  @Test
  void checkOfADamagedBackup_saysWhatIsWrongAndFails() throws Exception {
    Path backup = backup(folder.resolve("copy.db"));
    damage(backup, "event");

    Run check = run("storage", "check", backup.toString());

    assertThat(check.code()).isEqualTo(Main.FAILED);
    assertThat(check.out().lines()).hasSizeGreaterThan(1);
    assertThat(check.out().lines().toList().getLast()).matches("\\d+ events, problems: [1-9]\\d*");
  }

  /// Overwrites the first page of a table. The schema, which is read when a file is opened, may be
  /// anywhere else.
  private static void damage(Path database, String table) throws IOException, SQLException {
    int page;
    int size;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      page = number(statement, "select rootpage from sqlite_schema where name = '" + table + "'");
      size = number(statement, "pragma page_size");
    }
    byte[] bytes = Files.readAllBytes(database);
    Arrays.fill(bytes, (page - 1) * size, page * size, (byte) 7);
    Files.write(database, bytes);
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"missing.db, there is no file", "text.db, cannot read"})
  void checkOfWhatIsNoBackup_saysSo(String name, String reason) throws IOException {
    Files.writeString(folder.resolve("text.db"), "a text and no database ".repeat(500));

    Run check = run("storage", "check", folder.resolve(name).toString());

    assertThat(check.code()).isEqualTo(Main.FAILED);
    assertThat(check.out() + check.err()).contains(reason);
  }

  private Path backup(Path target) throws IOException {
    Path data = folder.resolve("data");
    SqliteAdapter.open(
            new SqliteSettings(data),
            TimeSource.of(InstantSource.system(), System::nanoTime),
            Thread.ofPlatform().factory())
        .close();
    assertThat(run("backup", target.toString(), "--data-dir", data.toString()).code())
        .isEqualTo(Main.OK);
    return target;
  }

  private static Run run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}

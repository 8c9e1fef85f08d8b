package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the embedded storage: who may read them, and what the check of a backup finds.
final class SqliteFilesTest {

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteSettings settings() {
    return new SqliteSettings(directory.resolve("data"));
  }

  private SqliteAdapter open() {
    return SqliteAdapter.open(settings(), clock, StorageThreads.FACTORY);
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assumeOwners() {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system does not support owners");
  }

  private Path backup() {
    Path backup = directory.resolve("backup.db");
    try (SqliteAdapter adapter = open()) {
      new StorageFixture(adapter.storage(), clock).complete("e-1");
      SqliteAdapter.backup(settings(), backup);
    }
    return backup;
  }

  @Test
  void newFiles_areTheirOwnersAlone() throws Exception {
    assumeOwners();
    try (SqliteAdapter adapter = open();
        Stream<Path> files = Files.list(settings().directory())) {
      new StorageFixture(adapter.storage(), clock).append("e-1");
      assertThat(permissions(settings().directory())).isEqualTo("rwx------");
      assertThat(files)
          .as("database, log, index of the log, lock")
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(file -> assertThat(permissions(file)).as("%s", file).isEqualTo("rw-------"));
    }
  }

  @Test
  void folderThatIsThere_staysAsItIs() throws Exception {
    assumeOwners();
    Files.createDirectory(settings().directory());
    Files.setPosixFilePermissions(
        settings().directory(), PosixFilePermissions.fromString("rwxr-x---"));

    open().close();

    assertThat(permissions(settings().directory())).isEqualTo("rwxr-x---");
  }

  @Test
  void backup_isItsOwnersAlone() {
    assumeOwners();

    assertThat(permissions(backup())).isEqualTo("rw-------");
  }

  @Test
  void goodBackup_isFoundGood() {
    assertThat(SqliteAdapter.check(backup())).isEqualTo(new SqliteAdapter.Check(1, List.of()));
  }

  @Test
  void backupWithoutAnEvent_isFoundOut() throws Exception {
    Path backup = backup();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
        var statement = connection.createStatement()) {
      statement.execute("delete from event");
    }

    assertThat(SqliteAdapter.check(backup).problems()).anyMatch(line -> line.contains("no event"));
  }

  @Test
  void missingBackup_isNamed() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> SqliteAdapter.check(directory.resolve("none.db")))
        .withMessageContaining("none.db");
  }
}

package dev.sluice.contract.servers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A copy of the files of a running PostgreSQL, from which a replica starts: the low-level backup
/// of the manual, chapter "Continuous Archiving". The replica streams the write-ahead log.
final class BaseBackup extends SimpleFileVisitor<Path> {

  private static final Set<String> OF_THE_RUNNING_SERVER =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

  private final Path from;
  private final Path to;

  private BaseBackup(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /// @param primary a connection of the superuser to the server whose files are copied
  /// @param from its folder
  /// @param to an empty folder
  /// @param port of the server
  static void copy(Connection primary, Path from, Path to, int port)
      throws SQLException, IOException {
    try (Statement statement = primary.createStatement()) {
      statement.execute("select pg_backup_start('replica', true)");
      Files.walkFileTree(from, new BaseBackup(from, to));
      try (ResultSet label =
          statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        label.next();
        Files.writeString(to.resolve("backup_label"), label.getString(1));
      }
    }
    Files.createFile(to.resolve("standby.signal"));
    Files.writeString(
        to.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(port),
        StandardOpenOption.APPEND);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    Files.createDirectories(copyOf(folder));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    boolean isLog = file.startsWith(from.resolve("pg_wal"));
    if (!isLog && !OF_THE_RUNNING_SERVER.contains(file.getFileName().toString())) {
      try {
        Files.copy(file, copyOf(file));
      } catch (NoSuchFileException e) {
        // The server deletes files meanwhile; its log repeats what the copy needs of them.
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private Path copyOf(Path path) {
    return to.resolve(from.relativize(path).toString());
  }
}

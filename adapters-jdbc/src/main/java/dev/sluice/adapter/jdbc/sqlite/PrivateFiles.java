package dev.sluice.adapter.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Creates files and folders that only their owner can read, where the file system supports owners:
/// not every user of a machine should see the events. Existing files keep their permissions, which
/// may be shared on purpose.
final class PrivateFiles {

  private static final boolean HAS_OWNERS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  static void makeDirectory(Path directory) throws IOException {
    Files.createDirectories(directory, permissions("rwx------"));
  }

  /// Creates an empty file, unless it exists.
  static void make(Path file) throws IOException {
    try {
      Files.createFile(file, permissions("rw-------"));
    } catch (FileAlreadyExistsException e) {
      // It keeps its permissions.
    }
  }

  private static FileAttribute<?>[] permissions(String text) {
    return HAS_OWNERS
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}

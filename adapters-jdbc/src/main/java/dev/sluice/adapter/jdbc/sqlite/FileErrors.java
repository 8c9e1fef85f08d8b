package dev.sluice.adapter.jdbc.sqlite;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Explains why a file cannot be used. The JDK puts the reason into the exception's type and only
/// the path into its message.
final class FileErrors {

  private FileErrors() {}

  /// Returns why the data folder cannot be used, and what to do.
  static String reasonOfData(Exception error) {
    String advice =
        error instanceof FileSystemException
            ? "; set DATA_DIR to a folder that this user can write to"
            : "";
    return reason(error) + advice;
  }

  static String reason(Exception error) {
    return switch (error) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      // The path should be a folder.
      case FileAlreadyExistsException _ -> "it is a file";
      case FileSystemException system ->
          Optional.ofNullable(system.getReason()).orElse(error.getClass().getSimpleName());
      default -> Optional.ofNullable(error.getMessage()).orElse(error.getClass().getSimpleName());
    };
  }
}

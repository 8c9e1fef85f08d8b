package dev.sluice.adapter.jdbc.sqlite;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Why a file cannot be used. The JDK puts that into the exception's type and gives the path alone
/// as the message.
final class FileErrors {

  private FileErrors() {}

  /// The reason why the folder of the data cannot be used, with what to do.
  static String reasonOfData(Exception error) {
    String advice =
        error instanceof FileSystemException
            ? "; DATA_DIR must be a folder that this user may write to"
            : "";
    return reason(error) + advice;
  }

  static String reason(Exception error) {
    return switch (error) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      // What was to be made is a folder.
      case FileAlreadyExistsException _ -> "it is a file";
      case FileSystemException system ->
          Optional.ofNullable(system.getReason()).orElse(error.getClass().getSimpleName());
      default -> Optional.ofNullable(error.getMessage()).orElse(error.getClass().getSimpleName());
    };
  }
}

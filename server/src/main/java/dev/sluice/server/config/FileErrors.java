package dev.sluice.server.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Explains why a file cannot be read. The JDK has the reason in the exception's type, and only the
/// path in its message.
public final class FileErrors {

  private FileErrors() {}

  public static String reason(IOException error) {
    return switch (error) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException system ->
          Optional.ofNullable(system.getReason()).orElse(error.getClass().getSimpleName());
      default -> Optional.ofNullable(error.getMessage()).orElse(error.getClass().getSimpleName());
    };
  }
}

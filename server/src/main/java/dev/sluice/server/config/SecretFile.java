package dev.sluice.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Reads a secret from a file that an orchestrator provides, such as `/run/secrets/database-url`.
final class SecretFile {

  private static final int MOST_BYTES = 64 << 10;

  /// The result of reading the file.
  sealed interface Read {
    /// The secret.
    ///
    /// @param text without the line end that editors add
    record Text(String text) implements Read {}

    /// No secret.
    ///
    /// @param reason why the file cannot be used
    record Unusable(String reason) implements Read {}
  }

  private SecretFile() {}

  static Read read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return new Read.Unusable("it holds more than 64 KiB");
      }
      return decode(bytes);
    } catch (CharacterCodingException e) {
      return new Read.Unusable("it is not UTF-8");
    } catch (IOException e) {
      return new Read.Unusable(FileErrors.reason(e));
    } catch (InvalidPathException e) {
      return new Read.Unusable("not a path");
    }
  }

  private static Read decode(byte[] bytes) throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
    if (text.isEmpty()) {
      return new Read.Unusable("it is empty");
    }
    return text.lines().count() == 1
        ? new Read.Text(text)
        : new Read.Unusable("it holds more than one line");
  }
}

package dev.sluice.server;

import dev.sluice.adapter.webhook.WebhookSettings;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.server.config.ServerConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Finds the keys that encrypt secrets of subscriptions.
///
/// Without `SECRETS_KEY`, a node that is alone with its storage keeps a key of its own: with SQLite
/// in a file beside the database, in memory for as long as its subscriptions live. Nodes that share
/// a storage must be given the same key. The file is created for the first secret, so that neither
/// a service without webhooks nor a command that only looks leaves one behind.
final class SecretKeys {

  private static final System.Logger LOG = System.getLogger(SecretKeys.class.getName());
  private static final String FILE = "secrets.key";
  private static final int KEY_BYTES = 32;

  private SecretKeys() {}

  /// Returns the keys of a node; empty when it shares its storage and was given none.
  ///
  /// What is returned throws a [StoreUnavailableException] when the file cannot be created.
  ///
  /// @throws StartException when there is a file that cannot be read
  static Optional<Supplier<String>> of(ServerConfig config) {
    Optional<String> given = config.webhooks().secretKeys();
    if (given.isPresent()) {
      return given.map(SecretKeys::constant);
    }
    return switch (config.storage()) {
      case "sqlite" -> Optional.of(ofFolder(config.dataDirectory()));
      case "memory" -> Optional.of(constant(create(new SecureRandom())));
      default -> Optional.empty();
    };
  }

  private static Supplier<String> constant(String keys) {
    return () -> keys;
  }

  private static Supplier<String> ofFolder(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? constant(fromFile(file)) : () -> created(folder, file);
  }

  private static String created(Path folder, Path file) {
    try {
      if (!Files.exists(file)) {
        createFile(folder, file);
      }
      return fromFile(file);
    } catch (IOException | UnsupportedOperationException | StartException e) {
      throw new StoreUnavailableException("cannot create the key for secrets in " + file, e);
    }
  }

  private static String fromFile(Path file) {
    try {
      return checked(file, Files.readString(file).strip());
    } catch (IOException e) {
      throw StartException.withoutSecretsKey(file, e.toString());
    }
  }

  private static String checked(Path file, String keys) {
    WebhookSettings.problemWithKeys(keys)
        .ifPresent(
            problem -> {
              throw StartException.withoutSecretsKey(file, problem);
            });
    return keys;
  }

  private static void createFile(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, FILE, "");
    try {
      if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(
          draft,
          create(new SecureRandom()) + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      // A link fails if another process was faster; a move would replace its key.
      Files.createLink(file, draft);
      LOG.log(
          Level.INFO,
          "created {0}: it encrypts the secrets of webhooks. Keep a copy apart from backups, or set"
              + " SECRETS_KEY",
          file);
    } catch (FileAlreadyExistsException e) {
      // The other process made a key, which is as good.
    } finally {
      Files.delete(draft);
    }
  }

  private static String create(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}

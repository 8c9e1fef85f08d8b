package dev.sluice.server;

import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.access.ManageKeys.Made;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.text.DurationCodec;
import dev.sluice.server.config.ServerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `sluice keys add`: creates a key and prints it, once.
@Command(name = "add", description = "Create a key and print it; it cannot be shown again.")
final class KeysAddCommand extends ConfiguredCommand {

  @Option(names = "--owner", required = true, paramLabel = "NAME", description = "owner of the key")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private String owner;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "role of the key: producer, viewer, operator or admin")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private String role;

  @Option(
      names = "--types",
      paramLabel = "PATTERNS",
      description =
          "event types that a producer may send, such as 'order.*,invoice.*' (default: all)")
  private String types = "";

  @Option(names = "--hide-payloads", description = "hide the payloads of events from the owner")
  private boolean hidesPayloads;

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      description = "expire the key after this time, such as 12h or 90d (default: never)")
  private String expires = "";

  @Override
  public Integer call() {
    ServerConfig config = ServerConfig.of(settings());
    NewKey newKey = newKey();
    if (!StoredKeys.areKept(config)) {
      out().println(AccessKeys.unkept(new Secrets()));
      err()
          .println(
              "sluice: STORAGE=memory does not store keys. To use the key above as an admin key,"
                  + " start the service with ADMIN_KEY set to it");
      return Main.FAILED;
    }
    return report(StoredKeys.make(config, newKey));
  }

  private NewKey newKey() {
    Role named = Role.named(role).orElseThrow(() -> wrong("--role must be one of " + roles()));
    List<TypePattern> patterns;
    try {
      patterns =
          types.isEmpty()
              ? List.of()
              : Arrays.stream(types.split(",", -1))
                  .map(text -> new TypePattern(text.strip()))
                  .toList();
      return new NewKey(owner.strip(), named, patterns, hidesPayloads, end());
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static String roles() {
    return String.join(", ", Arrays.stream(Role.values()).map(Role::wireName).toList());
  }

  private Optional<Instant> end() {
    if (expires.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        InstantSource.system()
            .instant()
            .plus(
                DurationCodec.decode(expires)
                    .filter(Duration::isPositive)
                    .orElseThrow(
                        () -> wrong("--expires must be a duration such as 90d, at most 36500d"))));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private int report(Made made) {
    return switch (made) {
      case Made.Key(ApiKey key, String text) -> {
        out().println(text);
        err().println(describe(key));
        yield Main.OK;
      }
      case Made.OwnerHasEnough() ->
          failed(
              owner
                  + " has "
                  + KeyStore.MOST_LIVE_PER_OWNER
                  + " live keys, the maximum: revoke one first (see sluice keys list)");
      case Made.NoRoom() ->
          failed("there are " + KeyStore.MOST_KEYS + " live keys, the maximum: revoke one first");
    };
  }

  private int failed(String message) {
    err().println("sluice: " + message);
    return Main.FAILED;
  }

  private static String describe(ApiKey key) {
    return "key "
        + key.id()
        + " for "
        + key.owner()
        + ", role "
        + key.role().wireName()
        + key.expiresAt().map(end -> ", until " + end).orElse("")
        + ". Save it now: only its hash is stored. Send it as Authorization: Bearer KEY";
  }
}

package dev.sluice.server;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.server.config.ServerConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// `sluice keys list`: all keys, without their secrets.
@Command(name = "list", description = "List all keys, without their secrets.")
final class KeysListCommand extends ConfiguredCommand {

  private static final String ROW = "%-14s %-9s %-8s %-20s %-20s %-20s %-24s %s%n";

  @Override
  public Integer call() {
    ServerConfig config = ServerConfig.of(settings());
    if (!StoredKeys.areKept(config)) {
      err().println("sluice: STORAGE=memory keeps keys only in the service itself; use GET /keys");
      return Main.FAILED;
    }
    List<ApiKey> keys = StoredKeys.list(config);
    Instant now = InstantSource.system().instant();
    out().printf(ROW, "ID", "ROLE", "STATUS", "CREATED", "EXPIRES", "LAST USED", "OWNER", "");
    for (ApiKey key : keys) {
      print(key, now);
    }
    return Main.OK;
  }

  private void print(ApiKey key, Instant now) {
    out()
        .printf(
            ROW,
            key.id(),
            key.role().wireName(),
            status(key, now),
            shown(Optional.of(key.createdAt())),
            shown(key.expiresAt()),
            shown(key.lastUsedAt()),
            key.owner(),
            extras(key));
  }

  private static String status(ApiKey key, Instant now) {
    if (key.isLive(now)) {
      return "live";
    }
    return key.revokedAt().isPresent() ? "revoked" : "expired";
  }

  private static String shown(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }

  private static String extras(ApiKey key) {
    String types = key.types().stream().map(TypePattern::glob).collect(Collectors.joining(","));
    return (types + (key.hidesPayloads() ? " hides payloads" : "")).strip();
  }
}

package dev.sluice.server;

import dev.sluice.server.config.ServerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sluice keys revoke ID`: revokes a key.
@Command(name = "revoke", description = "Revoke a key; running nodes reject it within 2 s.")
final class KeysRevokeCommand extends ConfiguredCommand {

  @Parameters(paramLabel = "ID", description = "id of the key, as listed by keys list")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private String id;

  @Override
  public Integer call() {
    ServerConfig config = ServerConfig.of(settings());
    if (!StoredKeys.areKept(config)) {
      err()
          .println(
              "sluice: STORAGE=memory keeps keys only in the service itself; use DELETE /keys/ID");
      return Main.FAILED;
    }
    if (!StoredKeys.revoke(config, id)) {
      err().println("sluice: there is no key with the id " + id + " (see sluice keys list)");
      return Main.FAILED;
    }
    out().println("revoked " + id);
    return Main.OK;
  }
}

package dev.sluice.server;

import dev.sluice.server.config.ServerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sluice keys revoke ID`: takes a key back.
@Command(name = "revoke", description = "Revokes a key; running nodes refuse it within 2 s.")
final class KeysRevokeCommand extends ConfiguredCommand {

  @Parameters(paramLabel = "ID", description = "the key's id, as keys list shows it")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private String id;

  @Override
  public Integer call() {
    ServerConfig config = ServerConfig.of(settings());
    if (!StoredKeys.areKept(config)) {
      err().println("sluice: STORAGE=memory keeps no keys between processes");
      return Main.FAILED;
    }
    if (!StoredKeys.revoke(config, id)) {
      err().println("sluice: there is no key with the id " + id + " (sluice keys list)");
      return Main.FAILED;
    }
    out().println("revoked " + id);
    return Main.OK;
  }
}

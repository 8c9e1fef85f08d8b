package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.server.config.ServerConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sluice backup FILE`: copies the sqlite storage; works while the service runs.
@Command(
    name = "backup",
    description = "Copy the sqlite storage to a new file; works while the service runs.")
final class BackupCommand extends ConfiguredCommand {

  @Parameters(paramLabel = "FILE", description = "path of the copy; must not exist")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private Path target;

  @Override
  public Integer call() {
    SqliteAdapter.backup(EmbeddedStorage.of(ServerConfig.of(settings())), target);
    out().println("backed up to " + target.toAbsolutePath());
    return Main.OK;
  }
}

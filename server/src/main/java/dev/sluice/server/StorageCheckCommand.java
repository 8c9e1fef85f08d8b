package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.server.config.ServerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sluice storage check`: verifies everything in the sqlite storage or in a backup.
@Command(
    name = "check",
    description = "Verify the sqlite storage, or a backup of it; works while the service runs.")
final class StorageCheckCommand extends ConfiguredCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "backup to verify (default: the storage in DATA_DIR)")
  private @Nullable Path backup;

  @Override
  public Integer call() {
    Path file = backup;
    SqliteAdapter.Check check =
        file == null
            ? SqliteAdapter.check(EmbeddedStorage.of(ServerConfig.of(settings())))
            : SqliteAdapter.check(file);
    check.problems().forEach(out()::println);
    out()
        .println(
            check.events()
                + " events, "
                + (check.problems().isEmpty()
                    ? "no problem found"
                    : "problems: " + check.problems().size()));
    return check.problems().isEmpty() ? Main.OK : Main.FAILED;
  }
}

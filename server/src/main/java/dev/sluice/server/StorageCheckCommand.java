package dev.sluice.server;

import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.server.config.ServerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sluice storage check`: looks at all there is in the sqlite storage.
@Command(
    name = "check",
    description =
        "Verifies the file of the sqlite storage, also while the service runs, or a backup of it.")
final class StorageCheckCommand extends ConfiguredCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "a backup; else the storage in DATA_DIR")
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

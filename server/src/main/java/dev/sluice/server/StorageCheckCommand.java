package dev.sluice.server;

import dev.sluice.adapter.jdbc.SqliteAdapter;
import dev.sluice.server.config.ServerConfig;
import picocli.CommandLine.Command;

/// `sluice storage check`: looks at all there is in the sqlite storage.
@Command(
    name = "check",
    description = "Verifies the file of the sqlite storage, also while the service runs.")
final class StorageCheckCommand extends ConfiguredCommand {

  @Override
  public Integer call() {
    SqliteAdapter.Check check =
        SqliteAdapter.check(EmbeddedStorage.of(ServerConfig.of(settings())));
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

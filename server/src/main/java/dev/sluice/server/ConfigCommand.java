package dev.sluice.server;

import dev.sluice.server.config.Gathered;
import dev.sluice.server.config.ServerConfig;
import picocli.CommandLine.Command;

/// `sluice config`: prints every setting with its origin, and then all errors.
@Command(name = "config", description = "Print every setting with its origin, and check them.")
final class ConfigCommand extends ConfiguredCommand {

  @Override
  public Integer call() {
    Gathered settings = settings();
    settings
        .settings()
        .forEach(
            (key, setting) ->
                out()
                    .printf(
                        "%-22s %-16s %s%n",
                        key, key.shown(setting.text()), "(" + setting.origin() + ")"));
    ServerConfig.of(settings);
    return Main.OK;
  }
}

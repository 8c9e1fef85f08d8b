package dev.sluice.server;

import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.server.config.FileErrors;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.subscription.SubscriptionsYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sluice subscriptions export`: prints a file that `apply` accepts.
@Command(
    name = "export",
    description =
        "Print all subscriptions that are not being deleted, in the format that subscriptions apply"
            + " reads.")
final class SubscriptionsExportCommand extends ConfiguredCommand {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write to this file instead of standard output; replaces an existing file")
  private @Nullable Path output;

  @Override
  public Integer call() {
    List<Subscription> all =
        StoredSubscriptions.use(
            ServerConfig.of(settings()), (store, _) -> store.all().subscriptions());
    List<Subscription> active =
        all.stream().filter(one -> one.lifecycle() == Lifecycle.ACTIVE).toList();
    return write(SubscriptionsYaml.write(active));
  }

  private int write(String text) {
    if (output == null) {
      out().print(text);
      out().flush();
      return Main.OK;
    }
    try {
      Files.writeString(output, text);
      return Main.OK;
    } catch (IOException e) {
      err().println("sluice: cannot write " + output + ": " + FileErrors.reason(e));
      return Main.FAILED;
    }
  }
}

package dev.sluice.server;

import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.server.config.ServerConfig;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// `sluice subscriptions list`: all subscriptions, one a line.
@Command(name = "list", description = "List all subscriptions.")
final class SubscriptionsListCommand extends ConfiguredCommand {

  private static final String ROW = "%-24s %-10s %-6s %8s %-11s %-20s %s%n";

  @Override
  public Integer call() {
    List<Subscription> all =
        StoredSubscriptions.use(
            ServerConfig.of(settings()), (store, _) -> store.all().subscriptions());
    out().printf(ROW, "NAME", "STATE", "ORIGIN", "VERSION", "DESTINATION", "CHANGED", "TYPES");
    all.forEach(this::print);
    if (all.isEmpty()) {
      err().println("no subscription is stored: the built-in one, default, gets every event");
    }
    return Main.OK;
  }

  private void print(Subscription one) {
    out()
        .printf(
            ROW,
            one.name(),
            one.lifecycle().wireName(),
            one.origin().name().toLowerCase(Locale.ROOT),
            one.version(),
            one.definition().destination().kind(),
            one.changedAt().truncatedTo(ChronoUnit.SECONDS),
            one.definition().types().stream()
                .map(TypePattern::glob)
                .collect(Collectors.joining(",")));
  }
}

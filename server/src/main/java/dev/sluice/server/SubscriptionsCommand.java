package dev.sluice.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice subscriptions`: commands for subscriptions.
@Command(
    name = "subscriptions",
    description = "Apply subscriptions from a file, list them, or export them.")
final class SubscriptionsCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private CommandSpec spec;

  /// Returns the command with its subcommands.
  static CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(new SubscriptionsCommand())
        .addSubcommand("apply", ConfiguredCommand.specOf(new SubscriptionsApplyCommand()))
        .addSubcommand("list", ConfiguredCommand.specOf(new SubscriptionsListCommand()))
        .addSubcommand("export", ConfiguredCommand.specOf(new SubscriptionsExportCommand()));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "subscriptions needs a command: apply, list or export");
  }
}

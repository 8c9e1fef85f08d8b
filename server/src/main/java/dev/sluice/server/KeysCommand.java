package dev.sluice.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice keys`: commands for API keys.
@Command(name = "keys", description = "Create, list and revoke API keys.")
final class KeysCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private CommandSpec spec;

  /// Returns the command with its subcommands.
  static CommandSpec spec() {
    CommandSpec keys = CommandSpec.forAnnotatedObject(new KeysCommand());
    return keys.addSubcommand("add", ConfiguredCommand.specOf(new KeysAddCommand()))
        .addSubcommand("list", ConfiguredCommand.specOf(new KeysListCommand()))
        .addSubcommand("revoke", ConfiguredCommand.specOf(new KeysRevokeCommand()));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "keys needs a command: add, list or revoke");
  }
}

package dev.sluice.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice storage`: commands on the storage.
@Command(
    name = "storage",
    description = "Verifies the sqlite storage, reconciles the broker storage.")
final class StorageCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "storage needs a command: check or reconcile");
  }
}

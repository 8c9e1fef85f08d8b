package dev.sluice.server;

import dev.sluice.domain.text.NearestName;
import dev.sluice.server.config.ConfigException;
import dev.sluice.server.log.Logging;
import dev.sluice.server.subscription.DeclaredFileException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The command line: `sluice serve`, `config`, `backup`, `storage`, `keys`, `subscriptions`,
/// `listen`, `version`, `help`.
public final class Main {

  /// Exit code of success.
  static final int OK = 0;

  /// Exit code of a command that failed.
  static final int FAILED = 1;

  /// Exit code of a wrong command line or configuration.
  static final int USAGE = 2;

  private static final String WARM_UP = "warm-up";

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    // By default the library logs everything, even the end of the process, to standard output.
    Logging.configure(false, "WARN", "");
    int code = run(arguments, out, err);
    System.exit(code);
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return commandLine(out, err).execute(asCommands(arguments));
  }

  /// Turns the usual options for help and version into commands.
  private static String[] asCommands(String[] arguments) {
    return switch (arguments.length == 0 ? "--help" : arguments[0]) {
      case "--help", "-h" -> new String[] {"help"};
      case "--version", "-V" -> new String[] {"version"};
      default -> arguments;
    };
  }

  private static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(withHelp(commands()))
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (wrong, _) -> {
              err.println(
                  "sluice: "
                      + firstLine(String.valueOf(wrong.getMessage()))
                      + suggestion(wrong)
                      + " (see sluice help)");
              return USAGE;
            })
        .setExecutionExceptionHandler((thrown, _, _) -> report(thrown, err));
  }

  /// Suggests a command or option for an unknown one.
  private static String suggestion(CommandLine.ParameterException wrong) {
    if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandLine command = wrong.getCommandLine();
    String word = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    var known =
        word.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet();
    return NearestName.of(word, known)
        .filter(name -> !name.equals(WARM_UP))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /// Adds `--help` to a command and all its subcommands.
  private static CommandSpec withHelp(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("show this help").build());
    command
        .subcommands()
        .forEach(
            (name, subcommand) -> {
              if (!name.equals("help")) {
                withHelp(subcommand.getCommandSpec());
              }
            });
    return command;
  }

  private static CommandSpec commands() {
    return program()
        .addSubcommand("serve", ConfiguredCommand.specOf(new ServeCommand()))
        .addSubcommand("config", ConfiguredCommand.specOf(new ConfigCommand()))
        .addSubcommand("backup", ConfiguredCommand.specOf(new BackupCommand()))
        .addSubcommand("storage", storage())
        .addSubcommand("keys", KeysCommand.spec())
        .addSubcommand("subscriptions", SubscriptionsCommand.spec())
        .addSubcommand("listen", CommandSpec.forAnnotatedObject(new ListenCommand()))
        .addSubcommand("version", CommandSpec.forAnnotatedObject(new VersionCommand()))
        .addSubcommand("help", CommandSpec.forAnnotatedObject(new CommandLine.HelpCommand()))
        .addSubcommand(WARM_UP, CommandSpec.forAnnotatedObject(new WarmUpCommand()));
  }

  private static CommandSpec program() {
    CommandSpec sluice = CommandSpec.create().name("sluice");
    sluice
        .usageMessage()
        .description("Accept events over HTTP, store them, and process each one with retries.")
        .footer(
            "",
            "The launcher ./sluice adds console (the operators' desktop console), check (run all"
                + " tests) and format (format the sources).",
            "sluice help serve lists every setting. Precedence: command line, environment, file,"
                + " default.");
    return sluice;
  }

  private static CommandSpec storage() {
    CommandSpec storage = CommandSpec.forAnnotatedObject(new StorageCommand());
    storage.addSubcommand("check", ConfiguredCommand.specOf(new StorageCheckCommand()));
    storage.addSubcommand("reconcile", ConfiguredCommand.specOf(new StorageReconcileCommand()));
    return storage;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("invalid arguments");
  }

  private static int report(Exception thrown, PrintWriter err) {
    if (thrown instanceof ConfigException wrong) {
      wrong.errors().forEach(error -> err.println("sluice: " + error));
      return USAGE;
    }
    if (thrown instanceof DeclaredFileException wrong) {
      wrong.problems().forEach(problem -> err.println("sluice: " + problem));
      return USAGE;
    }
    err.println("sluice: " + thrown.getMessage());
    return FAILED;
  }
}

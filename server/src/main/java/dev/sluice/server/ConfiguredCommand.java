package dev.sluice.server;

import dev.sluice.server.config.ConfigKey;
import dev.sluice.server.config.ConfigSources;
import dev.sluice.server.config.Gathered;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// A command with an option for every configuration key. The options are derived from [ConfigKey],
/// so that none can be forgotten.
abstract class ConfiguredCommand implements Callable<Integer> {

  private static final String CONFIG_FILE = "--config";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private CommandSpec spec;

  /// Returns the command with its options.
  static CommandSpec specOf(ConfiguredCommand command) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    spec.usageMessage().sortOptions(false);
    spec.addOption(configFileOption());
    for (ConfigKey key : ConfigKey.values()) {
      spec.addOption(option(key, spec));
      if (key.isSecret()) {
        spec.addOption(secretFileOption(key));
      }
    }
    return spec;
  }

  private static OptionSpec configFileOption() {
    return OptionSpec.builder("-c", CONFIG_FILE)
        .type(Path.class)
        .paramLabel("FILE")
        .description(
            "configuration file (default: sluice.yaml, if it exists); precedence of settings:"
                + " command line, environment, file, default")
        .build();
  }

  private static OptionSpec option(ConfigKey key, CommandSpec spec) {
    String byDefault = key.defaultText().isEmpty() ? "" : " (default: " + key.defaultText() + ")";
    return OptionSpec.builder(key.option(), shortNames(key, spec))
        .type(String.class)
        .paramLabel(key.name())
        .description(key.help() + byDefault)
        .build();
  }

  /// Returns a second, shorter name, unless the command has its own option of that name.
  private static String[] shortNames(ConfigKey key, CommandSpec spec) {
    Optional<String> name =
        switch (key) {
          case BIND_ADDRESS -> Optional.of("--endpoint");
          case NODE_ROLE -> Optional.of("--role");
          default -> Optional.empty();
        };
    return name.filter(text -> spec.findOption(text) == null).stream().toArray(String[]::new);
  }

  private static OptionSpec secretFileOption(ConfigKey key) {
    return OptionSpec.builder(key.fileOption())
        .type(String.class)
        .paramLabel("FILE")
        .description("file that holds " + key.name())
        .build();
  }

  /// Returns the settings from all sources, and prints a warning for each visible secret.
  final Gathered settings() {
    Gathered gathered = gather();
    gathered.warnings().forEach(warning -> err().println("sluice: " + warning));
    return gathered;
  }

  /// Returns the settings from all sources, for a command that prints the warnings itself.
  final Gathered gather() {
    ParseResult parsed = spec.commandLine().getParseResult();
    var given = new HashMap<String, String>();
    for (ConfigKey key : ConfigKey.values()) {
      if (parsed.hasMatchedOption(key.option())) {
        given.put(key.name(), parsed.matchedOptionValue(key.option(), ""));
      }
      if (key.isSecret() && parsed.hasMatchedOption(key.fileOption())) {
        given.put(key.fileVariant(), parsed.matchedOptionValue(key.fileOption(), ""));
      }
    }
    Optional<Path> file =
        parsed.hasMatchedOption(CONFIG_FILE)
            ? Optional.of(parsed.matchedOptionValue(CONFIG_FILE, Path.of("")))
            : Optional.empty();
    return ConfigSources.gather(given, System.getenv(), file);
  }

  /// Standard output: what the command prints as its result.
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// Standard error: everything else.
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final CommandLine commandLine() {
    return spec.commandLine();
  }
}

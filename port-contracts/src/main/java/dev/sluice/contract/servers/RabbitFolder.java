package dev.sluice.contract.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The files and ports of one broker, and the environment that passes them to its programs.
final class RabbitFolder {

  private final Path folder;
  private final int amqpPort;
  private final int nodePort;
  private final int namesPort;

  private RabbitFolder(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.amqpPort = ports.get(0);
    this.nodePort = ports.get(1);
    this.namesPort = ports.get(2);
  }

  static RabbitFolder create(Path parent) throws IOException {
    Path path = Files.createTempDirectory(parent.toAbsolutePath(), "rabbitmq");
    RabbitFolder folder = new RabbitFolder(path, LoopbackPorts.free(3));
    // The node creates its cookie there, which is its password.
    Files.createDirectory(path.resolve("home"));
    Files.writeString(
        path.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        disk_free_limit.absolute = 50MB
        log.file.level = info
        log.console = false
        raft.wal_max_size_bytes = 33554432
        """
            .formatted(folder.amqpPort));
    Files.writeString(path.resolve("advanced.config"), "[].\n");
    Files.writeString(path.resolve("enabled_plugins"), "[].\n");
    return folder;
  }

  Path path() {
    return folder;
  }

  int amqpPort() {
    return amqpPort;
  }

  int namesPort() {
    return namesPort;
  }

  /// Returns the file that receives the broker's log and the output of its start.
  Path log() {
    return folder.resolve("rabbitmq.log");
  }

  /// Returns a program that knows this broker and no other on this machine.
  ProcessBuilder program(Path file, String... arguments) {
    ProcessBuilder program = new ProcessBuilder(file.toString()).directory(folder.toFile());
    program.command().addAll(List.of(arguments));
    Map<String, String> environment = program.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("RABBITMQ_")
                    || name.startsWith("ERL_")
                    || name.equals("NOTIFY_SOCKET"));
    environment.putAll(environment());
    return program;
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("HOME", in("home")),
        Map.entry("LC_ALL", "C.UTF-8"),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", String.valueOf(namesPort)),
        // The name server is started beforehand: one that Erlang starts never ends.
        Map.entry("ERL_FLAGS", "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"),
        Map.entry("RABBITMQ_NODENAME", "sluice-" + amqpPort + "@localhost"),
        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(nodePort)),
        Map.entry("RABBITMQ_CONFIG_FILE", in("rabbitmq.conf")),
        Map.entry("RABBITMQ_CONFIG_FILES", in("conf.d/*.conf")),
        Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", in("advanced.config")),
        Map.entry("RABBITMQ_CONF_ENV_FILE", in("rabbitmq-env.conf")),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", in("enabled_plugins")),
        Map.entry("RABBITMQ_MNESIA_BASE", in("data")),
        Map.entry("RABBITMQ_GENERATED_CONFIG_DIR", in("config")),
        Map.entry("RABBITMQ_SCHEMA_DIR", in("schema")),
        Map.entry("RABBITMQ_LOG_BASE", in("log")),
        Map.entry("RABBITMQ_LOGS", log().toString()),
        Map.entry("RABBITMQ_PID_FILE", in("pid")),
        // No shell around the broker: the process that is started is the one that is killed.
        Map.entry("RABBITMQ_ALLOW_INPUT", "1"),
        Map.entry("RABBITMQ_SERVER_START_ARGS", "-noinput"),
        // Tests share their machine: few threads, bound to no core, without busy waiting.
        Map.entry("RABBITMQ_SCHEDULER_BIND_TYPE", "u"),
        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none"),
        Map.entry("RABBITMQ_CTL_ERL_ARGS", "+S 1:1 +sbwt none"));
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }
}

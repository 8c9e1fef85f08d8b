package dev.sluice.process;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged program as a separate process, which ends with the test at the latest.
public final class Program implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("listens on (https?://\\S+?),");
  private static final long LONGEST_RUN_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// Starts a command in an empty environment.
  ///
  /// @param folder its working folder, which also gets its output
  /// @param environment its variables
  /// @param arguments the command and its options
  public static Program start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return run(folder, environment, Jvm.command(arguments));
  }

  private static Program run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // The machine's own variables must not configure the program.
    builder.environment().keySet().removeIf(name -> !name.equalsIgnoreCase("SystemRoot"));
    builder.environment().putAll(environment);
    return new Program(builder.start(), out, err);
  }

  /// Starts the service on a free port and waits until it listens.
  public static Program serve(Path folder, Map<String, String> environment) throws IOException {
    return serveOn(0, folder, environment);
  }

  /// Starts the service on this port and waits until it listens.
  public static Program serveOn(int port, Path folder, Map<String, String> environment)
      throws IOException {
    return serve(port, folder, environment, Jvm.command("serve"));
  }

  /// Starts the service as [#serve] does, but without the AOT cache.
  static Program serveWithoutCache(Path folder, Map<String, String> environment)
      throws IOException {
    return serve(0, folder, environment, Jvm.commandWithoutCache("serve"));
  }

  /// Starts a command with the launcher of a checkout, as an operator does. The launcher replaces
  /// itself by the program.
  static Program launch(
      Path checkout, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return run(folder, withTools(environment), launcher(checkout, arguments));
  }

  /// Starts the service on a free port as [#launch] does, and waits until it listens.
  static Program launchService(Path checkout, Path folder, Map<String, String> environment)
      throws IOException {
    return serve(0, folder, withTools(environment), launcher(checkout, "serve"));
  }

  private static List<String> launcher(Path checkout, String... arguments) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("sluice").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The launcher is a shell script and looks for a JDK.
  private static Map<String, String> withTools(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.put("PATH", System.getenv("PATH"));
    all.put("SLUICE_JAVA_HOME", System.getProperty("java.home"));
    return all;
  }

  private static Program serve(
      int port, Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    var all = new HashMap<>(environment);
    all.put("PORT", String.valueOf(port));
    Program program = run(folder, all, command);
    try {
      Eventually.holds(
          "the service is up", () -> !program.out().isEmpty() || !program.process.isAlive());
      program.address();
      return program;
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
  }

  /// Returns the address that the service printed.
  public URI address() {
    Matcher address = ADDRESS.matcher(String.join("\n", out()));
    if (!address.find()) {
      throw new AssertionError("no address in " + out() + "; standard error: " + err());
    }
    return URI.create(address.group(1));
  }

  /// Returns the complete lines of standard output so far.
  public List<String> out() {
    return wholeLines(out);
  }

  /// Returns the complete lines of standard error so far.
  public List<String> err() {
    return wholeLines(err);
  }

  /// Whether a line of standard error contains a text.
  ///
  /// @throws AssertionError if the process has ended without such a line
  boolean hasLogged(String text) {
    boolean isAlive = process.isAlive();
    boolean hasLogged = err().stream().anyMatch(line -> line.contains(text));
    if (!hasLogged && !isAlive) {
      throw new AssertionError(
          "ended with " + process.exitValue() + " before logging " + text + "; logged " + err());
    }
    return hasLogged;
  }

  private static List<String> wholeLines(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the resident memory as text; empty if the system does not report it.
  String memory() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("")
            .replaceAll("\\s+", " ")
        : "";
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Suspends it with SIGSTOP.
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Resumes it with SIGCONT.
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// Sends SIGHUP, as a closed terminal and `systemctl reload` do.
  void hangUp() throws IOException, InterruptedException {
    signal("HUP");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill -" + name + " ended with " + code);
    }
  }

  /// Terminates it with SIGTERM.
  void terminate() {
    process.destroy();
  }

  /// Waits for its end, and returns its exit code.
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + LONGEST_RUN_SECONDS + " s; logged " + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Eventually.holds("the process has ended", () -> !process.isAlive());
  }
}

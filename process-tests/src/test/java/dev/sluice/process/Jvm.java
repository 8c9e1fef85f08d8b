package dev.sluice.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Commands that start the packaged program in tests. Most of the time of tests goes into starts,
/// so they use an AOT cache, as users do; it is made once per build.
final class Jvm {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path JAR = Path.of(System.getProperty("sluice.jar", "")).toAbsolutePath();
  private static final Path TARGET = JAR.resolveSibling("..").normalize();
  private static final Path CACHE = TARGET.resolve("process-tests.aot");
  private static final long WARM_UP_SECONDS = 60;

  /// A program in a test lives for seconds: optimising costs more processor time than it saves.
  private static final List<String> FLAGS =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  /// The simplest collector is enough for a small heap. The cache fits no other collector.
  private static final String COLLECTOR = "-XX:+UseSerialGC";

  /// Keeps the JVM's messages about a cache that does not fit out of the log records.
  private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  private static final List<String> WITH_CACHE = withCache();

  private Jvm() {}

  /// Returns the command that starts the program with an AOT cache.
  static List<String> command(String... arguments) {
    return command(WITH_CACHE, arguments);
  }

  /// Returns the command without a cache, for tests that measure a start.
  static List<String> commandWithoutCache(String... arguments) {
    return command(List.of(), arguments);
  }

  private static List<String> command(List<String> cache, String... arguments) {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(FLAGS);
    command.addAll(cache);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// As with the launcher, a missing cache only makes starts slower.
  private static List<String> withCache() {
    // Several JVMs run tests at once; one of them makes the cache.
    try (var channel =
            FileChannel.open(
                TARGET.resolve("process-tests.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!isFresh()) {
        make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (!Files.exists(CACHE)) {
      return List.of();
    }
    List<String> flags = new ArrayList<>(SILENT);
    flags.addAll(List.of(COLLECTOR, "-XX:AOTCache=" + CACHE));
    return flags;
  }

  private static boolean isFresh() throws IOException {
    return Files.exists(CACHE) && Files.getLastModifiedTime(CACHE).compareTo(newestJar()) > 0;
  }

  private static FileTime newestJar() throws IOException {
    List<FileTime> times = new ArrayList<>(List.of(Files.getLastModifiedTime(JAR)));
    try (Stream<Path> jars = Files.list(JAR.resolveSibling("lib"))) {
      for (Path jar : jars.toList()) {
        times.add(Files.getLastModifiedTime(jar));
      }
    }
    return times.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static void make() throws IOException, InterruptedException {
    Files.deleteIfExists(CACHE);
    Path made = TARGET.resolve("process-tests.aot.new");
    var builder =
        new ProcessBuilder(command(List.of(COLLECTOR, "-XX:AOTCacheOutput=" + made), "warm-up"))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(TARGET.resolve("process-tests.aot.log").toFile()));
    builder.environment().keySet().removeIf(name -> !name.equalsIgnoreCase("SystemRoot"));
    Process process = builder.start();
    if (process.waitFor(WARM_UP_SECONDS, TimeUnit.SECONDS)
        && process.exitValue() == 0
        && Files.exists(made)) {
      Files.move(made, CACHE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      process.destroyForcibly();
    }
  }
}

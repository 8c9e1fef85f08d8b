package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks the OpenAPI document with a public linter and a public client generator.
final class OpenApiToolsIT {

  private static final String GENERATOR = System.getProperty("openapi.generator", "");
  private static final String DOCUMENT = System.getProperty("openapi.document", "");
  private static final long LONGEST_RUN_SECONDS = 60;

  /// For members that are a text or a list of texts, the generator names a method after
  /// `List<String>`: <https://github.com/OpenAPITools/openapi-generator/issues/22249>. Its users
  /// must map these members to another type, too.
  private static final String TEXT_OR_LIST =
      "postEvents_request=Object,EventFilter_status=Object,DeadLetterFilter_type=Object,"
          + "DeadLetterFilter_event_type=Object,DeadLetterFilter_key=Object,"
          + "DeadLetterFilter_subscription=Object,DeadLetterFilter_error=Object";

  @TempDir private Path folder;

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      String text = Files.readString(output);
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void linter_findsNothing() throws Exception {
    String output = run("validate", "-i", DOCUMENT, "--recommend");

    assertThat(output)
        .contains("No validation issues detected")
        .doesNotContain("Errors:", "Warnings:", "recommendation");
  }

  @Test
  void generatedClient_compiles() throws Exception {
    run(
        "generate",
        "--input-spec",
        DOCUMENT,
        "--generator-name",
        "java",
        "--library",
        "native",
        "--output",
        folder.toString(),
        "--schema-mappings",
        TEXT_OR_LIST,
        "--additional-properties",
        "openApiNullable=false,hideGenerationTimestamp=true",
        "--global-property",
        "models,apis,supportingFiles,modelTests=false,apiTests=false,modelDocs=false,apiDocs=false");
    writeAnnotation();

    List<Path> sources = sources();

    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(problems(sources)).isEmpty();
  }

  /// Generated code uses an annotation that the JDK no longer has.
  private void writeAnnotation() throws IOException {
    Path file = folder.resolve("src/main/java/javax/annotation/Generated.java");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        package javax.annotation;
        public @interface Generated {
          String[] value();
          String date() default "";
          String comments() default "";
        }
        """);
  }

  private List<Path> sources() {
    try (Stream<Path> files = Files.walk(folder.resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> problems(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      var _ =
          compiler
              .getTask(
                  null,
                  files,
                  found,
                  // The jar of the generator includes the dependencies of its clients.
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-cp",
                      GENERATOR,
                      "-d",
                      Files.createDirectories(folder.resolve("classes")).toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
    }
    return found.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(problem -> problem.getSource() + ": " + problem.getMessage(Locale.ROOT))
        .toList();
  }
}

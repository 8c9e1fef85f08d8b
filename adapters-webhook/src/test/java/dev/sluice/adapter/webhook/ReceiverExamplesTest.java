package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.webhook.signature.SignatureHeaders;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of docs/webhooks.md verify what is signed here, each run in its own language.
@Tag("slow")
final class ReceiverExamplesTest {

  private static final Path DOCS = Path.of("..", "docs", "webhooks.md");
  private static final String BODY = "{\"type\":\"order.paid\",\r\n\"data\":\"Zoë 💶\"}\n";
  private static final long LONGEST_SECONDS = 60;

  private final WebhookSecret secret = WebhookSecret.generate(new Random(1));
  private final WebhookSecret other = WebhookSecret.generate(new Random(2));

  @TempDir private Path folder;

  /// A program of the example and a few lines that call it.
  ///
  /// @param language of the block in the docs
  /// @param file the program; also that of the lines in the test's resources
  private record Example(List<String> command, String language, String file) {

    Path write(Path folder) throws IOException {
      Path program = folder.resolve(file);
      Files.writeString(program, block(language) + calling(file));
      return program;
    }
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    assertThat(block.find()).as("an example in " + language).isTrue();
    return block.group(1);
  }

  private static String calling(String file) throws IOException {
    try (InputStream lines = ReceiverExamplesTest.class.getResourceAsStream("/examples/" + file)) {
      return new String(Objects.requireNonNull(lines, file).readAllBytes(), UTF_8);
    }
  }

  @Test
  @Tag("python3")
  void python() throws Exception {
    verifies(new Example(List.of("python3"), "python", "call.py"));
  }

  @Test
  @Tag("node")
  void node() throws Exception {
    verifies(new Example(List.of("node"), "js", "call.mjs"));
  }

  @Test
  @Tag("ruby")
  void ruby() throws Exception {
    verifies(new Example(List.of("ruby"), "ruby", "call.rb"));
  }

  @Test
  @Tag("php")
  void php() throws Exception {
    verifies(new Example(List.of("php"), "php", "call.php"));
  }

  @Test
  @Tag("go")
  void go() throws Exception {
    // Built once: to run the sources would build them for each request.
    Path example = Files.writeString(folder.resolve("example.go"), block("go"));
    Path call = Files.writeString(folder.resolve("call.go"), calling("call.go"));
    Path program = folder.resolve("program");
    String problems =
        run(List.of("go", "build", "-o", program.toString(), example.toString(), call.toString()));
    assertThat(program).as(problems).isExecutable();

    verifies(List.of(program.toString()));
  }

  /// The official library for Node; `.ci/run` installs it.
  @Test
  @Tag("npm")
  void npmPackage() throws Exception {
    Path installed = Path.of("target", "npm", "node_modules", "standardwebhooks").toAbsolutePath();
    assertThat(installed).isDirectory();
    Path program = folder.resolve("npm.cjs");
    Files.writeString(program, "const PACKAGE = \"" + installed + "\";" + calling("npm.cjs"));

    verifies(List.of("node", program.toString()));
  }

  @Test
  void java() throws Exception {
    // In a file of its own, whose name the launcher finds by the name of the class.
    Files.writeString(folder.resolve("WebhookSignature.java"), block("java"));
    Path program = folder.resolve("Call.java");
    Files.writeString(program, calling("call.java"));
    String launcher = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    verifies(List.of(launcher, program.toString()));
  }

  private void verifies(Example example) throws IOException, InterruptedException {
    var command = new ArrayList<>(example.command());
    command.add(example.write(folder).toString());
    verifies(command);
  }

  private void verifies(List<String> program) throws IOException, InterruptedException {
    Instant now = Instant.now();
    Map<String, String> headers = signed(now, secret);

    assertThat(run(program, headers, BODY)).as("a valid request").isEqualTo("true");
    assertThat(run(program, signed(now, other, secret), BODY)).as("rotation").isEqualTo("true");
    assertThat(run(program, signed(now, other), BODY)).as("another secret").isEqualTo("false");
    assertThat(run(program, headers, BODY.strip())).as("another body").isEqualTo("false");
    assertThat(run(program, signed(now.minusSeconds(400), secret), BODY))
        .as("a request of long ago")
        .isEqualTo("false");
    assertThat(run(program, signed(now.plusSeconds(400), secret), BODY))
        .as("a request of the future")
        .isEqualTo("false");
    assertThat(run(program, Map.of("x", "y"), BODY)).as("no signature").isEqualTo("false");
    headers.put("webhook-id", "evt-2");
    assertThat(run(program, headers, BODY)).as("another event").isEqualTo("false");
  }

  private static Map<String, String> signed(Instant at, WebhookSecret... secrets) {
    return new LinkedHashMap<>(
        SignatureHeaders.sign("evt-1", at, BODY.getBytes(UTF_8), List.of(secrets)).byName());
  }

  /// Runs the program with the secret, the file of the body, and headers as `name=value`.
  private String run(List<String> program, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(program);
    command.add(secret.reveal());
    command.add(Files.writeString(folder.resolve("body"), body).toString());
    headers.forEach((name, value) -> command.add(name + "=" + value));
    return run(command);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Go has a cache in the home folder otherwise, which an empty environment does not name.
    builder.environment().put("GOCACHE", folder.resolve("go").toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output).strip();
  }
}

package dev.sluice.server.subscription;

import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.subscription.DeclarationFormat;
import dev.sluice.format.subscription.ReadDeclarations;
import dev.sluice.server.config.ConfigKey;
import dev.sluice.server.config.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/// A file that declares subscriptions: YAML, or JSON when it begins with `{`.
public final class DeclaredFile {

  /// Larger files are refused.
  static final int MAX_BYTES = 16 << 20;

  private DeclaredFile() {}

  /// Reads and checks the whole file.
  ///
  /// @param defaults for absent members of `retry`
  /// @throws DeclaredFileException with all problems
  public static List<DeclaredSubscription> read(Path file, RetryPolicy defaults) {
    try {
      Node root = parse(text(file));
      return switch (DeclarationFormat.read(YamlToJson.write(root), defaults, ConfigKey::isName)) {
        case ReadDeclarations.Valid(List<DeclaredSubscription> declared) -> declared;
        case ReadDeclarations.Invalid(List<FieldProblem> problems) ->
            throw new DeclaredFileException(
                problems.stream().map(problem -> describe(file, root, problem)).toList());
      };
    } catch (UnusableFileException | MalformedJsonException e) {
      throw new DeclaredFileException(List.of(file + ": " + e.getMessage()));
    }
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UnusableFileException("it is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnusableFileException("it is not UTF-8");
    } catch (IOException e) {
      throw new UnusableFileException("cannot read it: " + FileErrors.reason(e));
    }
  }

  private static Node parse(String text) {
    return text.stripLeading().startsWith("{")
        ? JsonToYaml.read(text.getBytes(StandardCharsets.UTF_8))
        : YamlTree.read(text);
  }

  private static String describe(Path file, Node root, FieldProblem problem) {
    String line = TreeLines.lineOf(root, problem.name()).map(at -> ":" + at).orElse("");
    String place = problem.name().isEmpty() ? "the document" : problem.name();
    return file + line + ": " + place + " " + problem.detail();
  }
}

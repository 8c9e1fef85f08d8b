package dev.sluice.server.subscription;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Parses YAML.
final class YamlTree {

  private static final int MAX_DEPTH = 64;

  private YamlTree() {}

  /// Reads a whole document.
  ///
  /// @param text at most [DeclaredFile#MAX_BYTES]
  /// @throws UnusableFileException when it is not YAML, or is nested too deeply
  static Node read(String text) {
    // A repeated name is reported later, with its pointer.
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(DeclaredFile.MAX_BYTES)
            .setAllowDuplicateKeys(true)
            .build();
    try {
      limitDepth(settings, text);
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new UnusableFileException("it is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new UnusableFileException(where(e) + "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new UnusableFileException("not valid YAML: " + e.getMessage());
    }
  }

  private static String where(MarkedYamlEngineException problem) {
    return problem
        .getProblemMark()
        .map(mark -> "line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse("");
  }

  /// The composer calls itself for each level; a file of brackets would exhaust the stack.
  private static void limitDepth(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
          };
      if (depth > MAX_DEPTH) {
        throw new UnusableFileException("it is nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }
}

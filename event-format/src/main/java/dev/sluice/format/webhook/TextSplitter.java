package dev.sluice.format.webhook;

import dev.sluice.format.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Splits a string of a template into text and placeholders: `{path}` or `{path|default}`. `{{` and
/// `}}` are literal braces. Used by one thread for one string.
final class TextSplitter {

  private static final int MAX_SHOWN = 100;

  /// Paths of one name.
  static final Set<String> NAMES =
      Set.of(
          "type",
          "source",
          "subject",
          "key",
          "event_id",
          "occurred_at",
          "received_at",
          "traceparent",
          "tracestate",
          "replay_of",
          "priority",
          "subscription",
          "attempt",
          "event",
          "excerpt");

  private final String text;
  private final Consumer<String> problems;
  private final List<TextPiece> pieces = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();

  private TextSplitter(String text, Consumer<String> problems) {
    this.text = text;
    this.problems = problems;
  }

  /// Returns the pieces of a text.
  ///
  /// @param problems receives what is wrong; the pieces are then of no use
  static List<TextPiece> split(String text, Consumer<String> problems) {
    return new TextSplitter(text, problems).split();
  }

  private List<TextPiece> split() {
    int at = 0;
    while (at < text.length()) {
      char one = text.charAt(at);
      boolean isDouble = at + 1 < text.length() && text.charAt(at + 1) == one;
      if (one != '{' && one != '}') {
        words.append(one);
        at++;
      } else if (isDouble) {
        words.append(one);
        at += 2;
      } else if (one == '}') {
        problems.accept("has a } without a { before it: write }} for a literal brace");
        return List.of();
      } else {
        at = placeholder(at + 1);
      }
    }
    endWords();
    return pieces;
  }

  /// Reads a placeholder.
  ///
  /// @param start where its path begins
  /// @return where the text after it begins
  private int placeholder(int start) {
    int end = text.indexOf('}', start);
    if (end < 0 || text.substring(start, end).indexOf('{') >= 0) {
      problems.accept("has a { without a } after it: write {{ for a literal brace");
      return text.length();
    }
    endWords();
    String[] parts = text.substring(start, end).split("\\|", 2);
    List<String> path = List.of(parts[0].split("\\.", -1));
    pathProblem(path).ifPresent(problems);
    pieces.add(new Placeholder(path, parts.length < 2 ? Optional.empty() : Optional.of(parts[1])));
    return end + 1;
  }

  private void endWords() {
    if (!words.isEmpty()) {
      pieces.add(new TextPiece.Words(words.toString()));
      words.setLength(0);
    }
  }

  private static Optional<String> pathProblem(List<String> path) {
    String shown = ShownText.of(String.join(".", path), MAX_SHOWN);
    if (path.contains("")) {
      return Optional.of(
          "has {" + shown + "}, which lacks a name: write a path such as {payload.order.id}");
    }
    boolean isKnown =
        switch (path.getFirst()) {
          case Placeholder.PAYLOAD -> true;
          case Placeholder.EXTENSIONS -> path.size() == 2;
          default -> path.size() == 1 && NAMES.contains(path.getFirst());
        };
    return isKnown
        ? Optional.empty()
        : Optional.of(
            "has {"
                + shown
                + "}, which is not part of an event: use payload.NAME, extensions.NAME, or one of "
                + String.join(", ", NAMES.stream().sorted().toList()));
  }
}

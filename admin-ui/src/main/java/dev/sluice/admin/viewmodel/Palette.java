package dev.sluice.admin.viewmodel;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Fuzzy search for commands.
public final class Palette {

  private static final int AT_WORD = 8;
  private static final int IN_A_ROW = 5;

  private Palette() {}

  /// Returns the available commands whose titles contain these letters in this order, best match
  /// first.
  public static List<Command> find(String letters, List<Command> commands) {
    record Found(Command command, int score) {}
    return commands.stream()
        .filter(command -> command.enabled().getAsBoolean())
        .flatMap(
            command ->
                score(letters, command.title()).stream()
                    .mapToObj(score -> new Found(command, score)))
        .sorted(
            Comparator.comparingInt(Found::score)
                .reversed()
                .thenComparing(found -> found.command.title()))
        .map(Found::command)
        .toList();
  }

  /// Scores a match: letters at word starts and consecutive letters count more.
  static OptionalInt score(String letters, String title) {
    String wanted = letters.toLowerCase(Locale.ROOT).replace(" ", "");
    String text = title.toLowerCase(Locale.ROOT);
    int score = 0;
    int place = -1;
    for (int letter = 0; letter < wanted.length(); letter++) {
      int found = text.indexOf(wanted.charAt(letter), place + 1);
      if (found < 0) {
        return OptionalInt.empty();
      }
      boolean beginsWord = found == 0 || !Character.isLetterOrDigit(text.charAt(found - 1));
      score += 1 + (beginsWord ? AT_WORD : 0) + (found == place + 1 ? IN_A_ROW : 0);
      place = found;
    }
    return OptionalInt.of(score);
  }
}

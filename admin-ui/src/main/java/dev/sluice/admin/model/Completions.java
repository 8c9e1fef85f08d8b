package dev.sluice.admin.model;

import dev.sluice.admin.api.Status;
import java.util.List;
import java.util.stream.Stream;

/// Completions of the word under the caret in the query bar.
///
/// @param from start of that word
/// @param to position of the caret
public record Completions(int from, int to, List<Proposal> proposals) {

  private static final int MOST = 12;

  /// One completion.
  ///
  /// @param text replacement for the word
  /// @param meaning explanation shown beside it
  public record Proposal(String text, String meaning) {}

  /// Returns the completions for a text and a caret position.
  ///
  /// @param subscriptions names of the known subscriptions
  public static Completions at(
      String text, int caret, TypeNames types, List<String> subscriptions) {
    int from = caret;
    while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, caret);
    int colon = word.indexOf(':');
    Stream<Proposal> all =
        colon < 0
            ? fields(word)
            : values(word.substring(0, colon), word.substring(colon + 1), types, subscriptions);
    return new Completions(from, caret, all.limit(MOST).toList());
  }

  private static Stream<Proposal> fields(String begin) {
    return Stream.of(Field.values())
        .filter(field -> field.word().startsWith(begin))
        .map(field -> new Proposal(field.word() + ":", field.meaning()));
  }

  private static Stream<Proposal> values(
      String word, String value, TypeNames types, List<String> subscriptions) {
    int comma = value.lastIndexOf(',');
    String before = value.substring(0, comma + 1);
    String begin = value.substring(comma + 1);
    return Field.of(word).stream()
        .flatMap(field -> known(field, types, subscriptions))
        .filter(known -> known.startsWith(begin) && !known.equals(begin))
        .map(known -> new Proposal(word + ':' + before + known, ""));
  }

  private static Stream<String> known(Field field, TypeNames types, List<String> subscriptions) {
    return switch (field) {
      case STATUS -> Status.known().stream().map(Status::wireName);
      case TYPE -> Stream.concat(families(types), types.names().stream());
      case SUBSCRIPTION -> subscriptions.stream();
      case AGE -> Stream.of("<5m", "<1h", "<24h", ">1h", ">1d");
      case ATTEMPTS -> Stream.of("1", "2..", "3..", "6..");
      case KEY, SINCE, UNTIL, ERROR, TEXT, ID -> Stream.empty();
    };
  }

  /// Returns patterns for types that share their first word.
  private static Stream<String> families(TypeNames types) {
    return types.names().stream()
        .filter(name -> name.indexOf('.') > 0)
        .map(name -> name.substring(0, name.indexOf('.') + 1) + '*')
        .distinct();
  }

  /// Returns the text with the word replaced by a proposal.
  public String accept(String text, Proposal proposal) {
    return text.substring(0, from) + proposal.text() + text.substring(to);
  }
}

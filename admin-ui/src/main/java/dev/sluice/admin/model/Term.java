package dev.sluice.admin.model;

/// One part of a query, such as `status:failed`.
public record Term(Field field, String value) {

  /// As it is typed: in quotes where it would not be read as one word otherwise.
  @Override
  public String toString() {
    boolean plain = !value.isEmpty() && value.chars().noneMatch(Term::needsQuotes);
    return field.word()
        + ':'
        + (plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
  }

  private static boolean needsQuotes(int sign) {
    return Character.isWhitespace(sign) || sign == '"' || sign == ',' || sign == '\\';
  }
}

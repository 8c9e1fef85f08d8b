package dev.sluice.admin.model;

/// One term of a query, such as `status:failed`.
public record Term(Field field, String value) {

  /// Returns the term as typed, in quotes where the parser would otherwise split it.
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

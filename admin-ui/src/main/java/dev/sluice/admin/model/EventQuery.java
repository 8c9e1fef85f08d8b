package dev.sluice.admin.model;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A query from the query bar, such as `status:failed type:order.* age:<1h`.
///
/// Values of one field are alternatives; all fields must match.
///
/// @param mistakes messages about invalid parts. A query with mistakes selects nothing, because
///   half a filter would show, and act on, more events than intended
public record EventQuery(List<Term> terms, List<String> mistakes) {

  /// Selects every event.
  public static final EventQuery ALL = new EventQuery(List.of(), List.of());

  public EventQuery {
    terms = List.copyOf(terms);
    mistakes = List.copyOf(mistakes);
  }

  /// Parses a text.
  public static EventQuery parse(String text) {
    List<Term> terms = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (Words.Word word : Words.of(text)) {
      read(word, terms, mistakes);
    }
    return new EventQuery(terms, mistakes);
  }

  private static void read(Words.Word word, List<Term> terms, List<String> mistakes) {
    if (word.field().isEmpty()) {
      String value = word.values().getFirst();
      mistakes.add("“" + value + "” has no field: use id:" + value + " or text:" + value);
      return;
    }
    Optional<Field> field = Field.of(word.field());
    if (field.isEmpty()) {
      mistakes.add("unknown field “" + word.field() + "”: use one of " + knownFields());
      return;
    }
    for (String value : word.values()) {
      var term = new Term(field.get(), value);
      Optional<String> mistake = mistakeIn(term, terms);
      mistake.ifPresent(mistakes::add);
      if (mistake.isEmpty() && !terms.contains(term)) {
        terms.add(term);
      }
    }
  }

  private static Optional<String> mistakeIn(Term term, List<Term> before) {
    Field field = term.field();
    boolean again = before.stream().anyMatch(other -> other.field() == field);
    if (!field.isRepeatable() && again) {
      return Optional.of("use " + field.word() + " only once");
    }
    String value = term.value();
    boolean understood =
        switch (field) {
          case STATUS -> status(value).isPresent();
          case ATTEMPTS -> value.matches("\\d{1,9}|\\d{1,9}\\.\\.(\\d{1,9})?|\\.\\.\\d{1,9}");
          case AGE -> Age.of(value).isPresent();
          case SINCE, UNTIL -> instant(value).isPresent();
          case ERROR -> value.matches("[0-9a-f]{16}");
          case TYPE, KEY, SUBSCRIPTION, TEXT, ID -> !value.isEmpty();
        };
    return understood
        ? Optional.empty()
        : Optional.of("invalid " + field.word() + " “" + value + "”; expected " + field.meaning());
  }

  private static String knownFields() {
    return String.join(", ", Stream.of(Field.values()).map(Field::word).toList());
  }

  static Optional<Status> status(String name) {
    return Status.known().stream().filter(status -> status.wireName().equals(name)).findFirst();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  /// Whether the query selects every event.
  public boolean isAll() {
    return terms.isEmpty() && mistakes.isEmpty();
  }

  /// Returns the values of a field.
  public List<String> values(Field field) {
    return terms.stream().filter(term -> term.field() == field).map(Term::value).toList();
  }

  private Optional<String> value(Field field) {
    return values(field).stream().findFirst();
  }

  /// Returns the id of the event that the query names.
  public Optional<String> id() {
    return value(Field.ID);
  }

  /// Returns a copy without a term.
  public EventQuery without(Term term) {
    return new EventQuery(terms.stream().filter(other -> !other.equals(term)).toList(), mistakes);
  }

  /// Returns the filter for requests to the service.
  ///
  /// @param now reference time for ages
  /// @param types known types, for expanding patterns
  public Filter filter(Instant now, TypeNames types) {
    Optional<Age> age = value(Field.AGE).flatMap(Age::of);
    return new Filter(
        values(Field.STATUS).stream().map(name -> status(name).orElseThrow()).toList(),
        values(Field.TYPE).stream().flatMap(types::meantBy).distinct().toList(),
        values(Field.KEY),
        values(Field.SUBSCRIPTION),
        value(Field.ATTEMPTS),
        values(Field.ERROR),
        value(Field.TEXT),
        Stream.concat(time(Field.SINCE), age.flatMap(a -> a.start(now)).stream())
            .max(Comparator.naturalOrder()),
        Stream.concat(time(Field.UNTIL), age.flatMap(a -> a.end(now)).stream())
            .min(Comparator.naturalOrder()));
  }

  private Stream<Instant> time(Field field) {
    return value(field).flatMap(EventQuery::instant).stream();
  }

  /// Returns the query as the user would type it.
  @Override
  public String toString() {
    return String.join(" ", terms.stream().map(Term::toString).toList());
  }
}

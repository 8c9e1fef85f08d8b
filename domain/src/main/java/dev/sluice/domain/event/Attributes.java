package dev.sluice.domain.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a producer may add to an event besides its type and payload.
///
/// The named attributes are [#source], [#subject], [#key], [#traceparent], `tracestate`,
/// [#deliverAt], [#expiresAt] and [#priority]; any other entry is an extension that is kept with
/// the event but not interpreted, as CloudEvents allows.
///
/// @param values text by attribute name, without control characters; the key has 1 to 255
///   characters, the other named ones are not blank, an extension may be empty. Names and values
///   together have at most [#MAX_CHARACTERS]
/// @param unquoted names of the extensions whose value is an integer or a boolean instead of a text
public record Attributes(Map<String, String> values, Set<String> unquoted) {

  /// The source of the event.
  public static final String SOURCE = "source";

  /// What the event is about, within its source.
  public static final String SUBJECT = "subject";

  /// The ordering key, which the events of one entity share.
  public static final String KEY = "key";

  /// The W3C trace context of the request that caused the event.
  public static final String TRACEPARENT = "traceparent";

  /// Data that tracing vendors add to [#TRACEPARENT].
  public static final String TRACESTATE = "tracestate";

  /// The time before which no delivery of the event begins: RFC 3339 in UTC. Storages keep it so
  /// that a delivery that is made later, by a back-fill, waits for it too.
  public static final String DELIVER_AT = "deliver_at";

  /// The time after which no attempt of the event begins: RFC 3339 in UTC.
  public static final String EXPIRES_AT = "expires_at";

  /// How urgent the event is: one digit, see [Priority]; absent for the default. No extension can
  /// have this name: CloudEvents allow no underscore.
  public static final String PRIORITY = "priority_level";

  /// The id of the event that an operator edited and replayed as this one. Producers cannot set it.
  public static final String REPLAY_OF = "replay_of";

  /// How many webhooks, one after the other, led to the event, in decimal digits. An extension, so
  /// that CloudEvents carry it; absent from an event that no webhook led to.
  public static final String HOPS = "webhookhops";

  /// Maximum number of UTF-16 units in all names and values of an event. Storages keep attributes
  /// beside the payload, in places that are made for short texts.
  public static final int MAX_CHARACTERS = 16 * 1024;

  /// Times from here on are rejected: storages keep nanoseconds since 1970, and add to them.
  public static final Instant END_OF_TIME = Instant.parse("2100-01-01T00:00:00Z");

  /// Limited to short texts, because storages index them.
  private static final Set<String> SHORT = Set.of(KEY, REPLAY_OF);

  private static final Set<String> NOT_BLANK = Set.of(SOURCE, SUBJECT, TRACEPARENT);

  private static final Set<String> TIMES = Set.of(DELIVER_AT, EXPIRES_AT);

  /// A CloudEvents integer has 32 bits.
  private static final int MAX_DIGITS = 10;

  /// No attributes.
  public static final Attributes NONE = new Attributes(Map.of());

  /// @throws IllegalArgumentException when a value breaks its rule, or all of them are too long;
  ///   [#problemWith] checks a value beforehand
  public Attributes {
    values = Map.copyOf(values);
    unquoted = Set.copyOf(unquoted);
    int characters = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      require(entry.getKey(), entry.getValue());
      characters += lengthOf(entry.getKey(), entry.getValue());
    }
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "attributes must have at most " + MAX_CHARACTERS + " characters");
    }
    for (String name : unquoted) {
      if (!isUnquoted(values.getOrDefault(name, ""))) {
        throw new IllegalArgumentException(
            "attribute " + name + " must be an integer or a boolean");
      }
    }
  }

  private static void require(String name, String value) {
    Optional<String> problem = problemWith(name, value);
    if (problem.isPresent()) {
      throw new IllegalArgumentException("attribute " + name + " " + problem.get());
    }
  }

  private static boolean isUnquoted(String value) {
    return value.equals("true") || value.equals("false") || isInteger(value);
  }

  private static boolean isInteger(String value) {
    String digits = value.startsWith("-") ? value.substring(1) : value;
    boolean hasLeadingZero = digits.length() > 1 && digits.startsWith("0");
    return !digits.isEmpty()
        && digits.length() <= MAX_DIGITS
        && !hasLeadingZero
        && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  /// Creates attributes that are all texts.
  public Attributes(Map<String, String> values) {
    this(values, Set.of());
  }

  /// Returns why `text` cannot be the value of the attribute `name`; empty when it can.
  public static Optional<String> problemWith(String name, String text) {
    if (TIMES.contains(name) && time(text).isEmpty()) {
      return Optional.of("must be a time from 1970 to 2099, as in RFC 3339");
    }
    return name.equals(PRIORITY) && Priority.of(text).isEmpty()
        ? Optional.of("must be a digit")
        : ruleOf(name).problemWith(text);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Returns how much an attribute adds to [#MAX_CHARACTERS].
  public static int lengthOf(String name, String value) {
    return name.length() + value.length();
  }

  /// Returns the length of all names and values, as [#MAX_CHARACTERS] counts it.
  public int length() {
    int characters = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      characters += lengthOf(entry.getKey(), entry.getValue());
    }
    return characters;
  }

  private static TextRule ruleOf(String name) {
    if (SHORT.contains(name)) {
      return TextRule.SHORT_TEXT;
    }
    return NOT_BLANK.contains(name) ? TextRule.TEXT : TextRule.ANY_TEXT;
  }

  /// Returns these attributes with one added or replaced.
  public Attributes with(String name, String value) {
    var more = new HashMap<>(values);
    more.put(name, value);
    return new Attributes(more, unquoted);
  }

  /// Returns these attributes with a time before which no delivery of the event begins.
  ///
  /// @param time kept to the millisecond, see [#roundUp]; one before 1970 or after 2099 becomes the
  ///   first or last time that is possible
  public Attributes withDeliverAt(Instant time) {
    return with(DELIVER_AT, possible(time).toString());
  }

  /// Returns these attributes with a time after which no attempt of the event begins.
  ///
  /// @param time as for [#withDeliverAt]
  public Attributes withExpiresAt(Instant time) {
    return with(EXPIRES_AT, possible(time).toString());
  }

  /// Returns these attributes with another priority.
  public Attributes withPriority(Priority priority) {
    return priority.isDefault() ? without(Set.of(PRIORITY)) : with(PRIORITY, priority.toString());
  }

  /// Returns these attributes without [#EXPIRES_AT].
  public Attributes withoutExpiry() {
    return without(Set.of(EXPIRES_AT));
  }

  /// Returns these attributes without [#DELIVER_AT] and [#EXPIRES_AT].
  public Attributes withoutTimes() {
    return without(TIMES);
  }

  private Attributes without(Set<String> names) {
    if (names.stream().noneMatch(values::containsKey)) {
      return this;
    }
    var fewer = new HashMap<>(values);
    fewer.keySet().removeAll(names);
    return new Attributes(fewer, unquoted);
  }

  /// Returns the first whole millisecond that is not before a time: nothing begins early.
  public static Instant roundUp(Instant time) {
    Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
    return millis.isBefore(time) ? millis.plusMillis(1) : millis;
  }

  private static Instant possible(Instant time) {
    Instant millis = roundUp(time);
    if (!millis.isBefore(END_OF_TIME)) {
      return END_OF_TIME.minusMillis(1);
    }
    return millis.isBefore(Instant.EPOCH) ? Instant.EPOCH : millis;
  }

  public Optional<String> source() {
    return Optional.ofNullable(values.get(SOURCE));
  }

  public Optional<String> subject() {
    return Optional.ofNullable(values.get(SUBJECT));
  }

  public Optional<String> key() {
    return Optional.ofNullable(values.get(KEY));
  }

  public Optional<String> traceparent() {
    return Optional.ofNullable(values.get(TRACEPARENT));
  }

  /// Returns the time before which no delivery of the event begins.
  public Optional<Instant> deliverAt() {
    return Optional.ofNullable(values.get(DELIVER_AT)).flatMap(Attributes::time);
  }

  /// Returns the time after which no attempt of the event begins.
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(values.get(EXPIRES_AT)).flatMap(Attributes::time);
  }

  /// Returns how urgent the event is.
  public Priority priority() {
    return Priority.of(values.getOrDefault(PRIORITY, "")).orElse(Priority.DEFAULT);
  }

  /// Returns how many webhooks led to the event.
  public int hops() {
    return hops(values.getOrDefault(HOPS, ""));
  }

  /// Reads a number of webhooks; 0 if the text is not a number of at most nine digits.
  public static int hops(String text) {
    boolean isNumber = text.length() < MAX_DIGITS && isInteger(text);
    return isNumber ? Math.max(0, Integer.parseInt(text)) : 0;
  }

  public Optional<String> replayOf() {
    return Optional.ofNullable(values.get(REPLAY_OF));
  }
}

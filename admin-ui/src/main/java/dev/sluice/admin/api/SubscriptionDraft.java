package dev.sluice.admin.api;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.admin.api.Subscription.RetryPolicy;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A subscription as an operator writes it down: a text for each field. An empty text leaves the
/// member out, so that the service's configuration applies.
///
/// @param texts the texts of all fields
public record SubscriptionDraft(Map<DraftField, String> texts) {

  /// What a new subscription begins with.
  public static final SubscriptionDraft NEW =
      new SubscriptionDraft(
          Map.of(DraftField.DESTINATION, "log", DraftField.FORMAT, WebhookDraft.STANDARD));

  public SubscriptionDraft {
    var all = new EnumMap<DraftField, String>(DraftField.class);
    for (DraftField field : DraftField.values()) {
      all.put(field, texts.getOrDefault(field, ""));
    }
    texts = Collections.unmodifiableMap(all);
  }

  /// Returns the texts for a subscription.
  public static SubscriptionDraft of(Subscription from) {
    var texts = new EnumMap<DraftField, String>(DraftField.class);
    texts.put(DraftField.NAME, from.name());
    texts.put(DraftField.DESCRIPTION, text(from.description()));
    texts.put(DraftField.TYPES, String.join("\n", from.types()));
    texts.put(DraftField.FILTER, from.filter() == null ? "" : from.filter().pretty());
    texts.put(DraftField.DESTINATION, from.destination().kind());
    texts.putAll(WebhookDraft.texts(from.destination()));
    texts.put(DraftField.TIMEOUT, text(from.timeout()));
    texts.put(DraftField.CONCURRENCY, text(from.concurrency()));
    texts.put(DraftField.DELAY, from.other("delay").map(JsonText::plain).orElse(""));
    texts.put(
        DraftField.ORDERING, from.other("ordering").map(SubscriptionDraft::onFailure).orElse(""));
    Optional.ofNullable(from.retry()).ifPresent(retry -> put(texts, retry));
    Optional.ofNullable(from.rate())
        .ifPresent(
            rate -> {
              texts.put(DraftField.RATE, plain(rate.perSecond()));
              texts.put(DraftField.BURST, text(rate.burst()));
            });
    return new SubscriptionDraft(texts);
  }

  /// Returns the texts for a destination alone.
  public static SubscriptionDraft of(Destination from) {
    Map<DraftField, String> texts = WebhookDraft.texts(from);
    texts.put(DraftField.DESTINATION, from.kind());
    return new SubscriptionDraft(texts);
  }

  /// Returns what a dead letter does in an ordered subscription.
  private static String onFailure(JsonText ordering) {
    JsonText onFailure = ordering.members().get("on_failure");
    return onFailure == null ? "continue" : onFailure.plain();
  }

  private static void put(Map<DraftField, String> texts, RetryPolicy retry) {
    texts.put(DraftField.MAX_RETRIES, text(retry.maxRetries()));
    texts.put(DraftField.BASE, text(retry.base()));
    texts.put(DraftField.FACTOR, plain(retry.factor()));
    texts.put(DraftField.CAP, text(retry.cap()));
    texts.put(DraftField.WAITS, retry.waits() == null ? "" : String.join(", ", retry.waits()));
    texts.put(DraftField.MAX_AGE, text(retry.maxAge()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String plain(@Nullable BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }

  /// Returns the text of a field.
  public String text(DraftField field) {
    return texts.getOrDefault(field, "");
  }

  /// Returns a copy with another text in one field.
  public SubscriptionDraft with(DraftField field, String text) {
    var changed = new EnumMap<>(texts);
    changed.put(field, text);
    return new SubscriptionDraft(changed);
  }

  /// Whether a field is part of the definition, with the destination and the authentication that
  /// are chosen.
  public boolean uses(DraftField field) {
    return !WebhookDraft.FIELDS.contains(field)
        || (text(DraftField.DESTINATION).strip().equals(WebhookDraft.KIND)
            && WebhookDraft.uses(this, field));
  }

  /// Returns what is wrong with the texts, by field, as far as the console can tell. The service
  /// checks everything else.
  public Map<DraftField, String> mistakes() {
    var mistakes = new EnumMap<DraftField, String>(DraftField.class);
    if (text(DraftField.NAME).isBlank()) {
      mistakes.put(DraftField.NAME, "enter a name");
    }
    if (types().isEmpty()) {
      mistakes.put(DraftField.TYPES, "enter at least one type, such as order.* or *");
    }
    given(DraftField.FILTER)
        .flatMap(SubscriptionDraft::filterMistake)
        .ifPresent(wrong -> mistakes.put(DraftField.FILTER, wrong));
    for (DraftField field :
        List.of(DraftField.MAX_RETRIES, DraftField.CONCURRENCY, DraftField.BURST)) {
      if (!given(field).map(text -> text.matches("\\d{1,18}")).orElse(true)) {
        mistakes.put(field, "enter a whole number");
      }
    }
    for (DraftField field : List.of(DraftField.FACTOR, DraftField.RATE)) {
      if (!given(field).map(text -> text.matches("\\d{1,18}(\\.\\d{1,18})?")).orElse(true)) {
        mistakes.put(field, "enter a number");
      }
    }
    mistakes.putAll(WebhookDraft.mistakes(this));
    mistakes.keySet().removeIf(field -> !uses(field));
    return mistakes;
  }

  /// Returns the name for a test. A name that is not yet, or not, valid does not prevent a test.
  String testName() {
    String name = text(DraftField.NAME).strip();
    return name.matches("[a-z0-9._-]{1,64}") ? name : "draft";
  }

  /// Returns what is wrong with the text of a filter, as far as the console can tell.
  public static Optional<String> filterMistake(String text) {
    try {
      return Json.tree(text).isObject() ? Optional.empty() : Optional.of("enter a JSON object");
    } catch (IllegalArgumentException wrong) {
      return Optional.of("not valid JSON: " + wrong.getMessage());
    }
  }

  private List<String> types() {
    return text(DraftField.TYPES)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /// Returns the text of a field; empty if there is none.
  Optional<String> given(DraftField field) {
    return Optional.of(text(field).strip()).filter(text -> !text.isEmpty());
  }

  /// Returns the definition for a request. Members of the subscription that this console does not
  /// know stay as they are.
  ///
  /// @param before the version that the request replaces; empty for a new subscription
  byte[] json(Optional<Subscription> before) {
    Map<String, Object> members = new LinkedHashMap<>();
    given(DraftField.DESCRIPTION).ifPresent(text -> members.put("description", text));
    members.put("types", types());
    given(DraftField.FILTER).ifPresent(text -> members.put("filter", new RawValue(text)));
    members.put("destination", destination(before.map(Subscription::destination)));
    Map<String, Object> retry = new LinkedHashMap<>();
    number(retry, DraftField.MAX_RETRIES);
    text(retry, DraftField.BASE);
    number(retry, DraftField.FACTOR);
    text(retry, DraftField.CAP);
    given(DraftField.WAITS)
        .ifPresent(text -> retry.put("waits", List.of(text.split("[,\\s]+", -1))));
    text(retry, DraftField.MAX_AGE);
    putUnlessEmpty(members, "retry", retry);
    text(members, DraftField.TIMEOUT);
    number(members, DraftField.CONCURRENCY);
    Map<String, Object> rate = new LinkedHashMap<>();
    number(rate, DraftField.RATE);
    number(rate, DraftField.BURST);
    putUnlessEmpty(members, "rate", rate);
    text(members, DraftField.DELAY);
    given(DraftField.ORDERING)
        .ifPresent(text -> members.put("ordering", Map.of("by", "key", "on_failure", text)));
    before.ifPresent(old -> old.unknown().forEach((name, value) -> members.put(name, value.raw())));
    return Json.write(members);
  }

  private Map<String, Object> destination(Optional<Destination> before) {
    Map<String, Object> destination = new LinkedHashMap<>();
    String kind = text(DraftField.DESTINATION).strip();
    destination.put("kind", kind);
    Map<String, JsonText> same =
        before.filter(old -> old.kind().equals(kind)).map(Destination::others).orElse(Map.of());
    if (kind.equals(WebhookDraft.KIND)) {
      destination.putAll(WebhookDraft.members(this, same));
    } else {
      same.forEach((name, value) -> destination.put(name, value.raw()));
    }
    return destination;
  }

  private static void putUnlessEmpty(
      Map<String, Object> members, String name, Map<String, Object> value) {
    if (!value.isEmpty()) {
      members.put(name, value);
    }
  }

  private void number(Map<String, Object> members, DraftField field) {
    given(field).ifPresent(text -> members.put(field.member(), new BigDecimal(text)));
  }

  private void text(Map<String, Object> members, DraftField field) {
    given(field).ifPresent(text -> members.put(field.member(), text));
  }
}

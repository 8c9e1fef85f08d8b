package dev.sluice.admin.api;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of a draft that only webhooks have, and their JSON form.
///
/// Secrets are never read back from the service: an empty secret keeps the one that is stored.
final class WebhookDraft {

  static final String KIND = "webhook";
  static final String STANDARD = "standard";
  static final Set<DraftField> FIELDS =
      Collections.unmodifiableSet(EnumSet.range(DraftField.URL, DraftField.SECRET));

  private static final Map<DraftField, String> SCHEMES =
      Map.of(
          DraftField.TOKEN, "bearer",
          DraftField.USERNAME, "basic",
          DraftField.PASSWORD, "basic",
          DraftField.AUTH_HEADER, "header",
          DraftField.AUTH_VALUE, "header");

  private static final Set<String> MEMBERS =
      Set.of("url", "format", "template", "headers", "credentials", "permanent_statuses", "secret");

  private WebhookDraft() {}

  /// Whether a field is part of a webhook with the format and the authentication that are chosen.
  static boolean uses(SubscriptionDraft draft, DraftField field) {
    if (field == DraftField.TEMPLATE) {
      return draft.text(DraftField.FORMAT).equals("template");
    }
    String scheme = SCHEMES.get(field);
    return scheme == null || scheme.equals(draft.text(DraftField.CREDENTIALS));
  }

  /// Returns the texts of a destination.
  static Map<DraftField, String> texts(Destination from) {
    Map<DraftField, String> texts = new EnumMap<>(DraftField.class);
    texts.put(DraftField.FORMAT, STANDARD);
    if (from.isWebhook()) {
      from.text("url").ifPresent(text -> texts.put(DraftField.URL, text));
      from.text("format").ifPresent(text -> texts.put(DraftField.FORMAT, text));
      member(from, "template").ifPresent(json -> texts.put(DraftField.TEMPLATE, json.pretty()));
      member(from, "headers").ifPresent(json -> texts.put(DraftField.HEADERS, lines(json)));
      member(from, "permanent_statuses")
          .ifPresent(json -> texts.put(DraftField.PERMANENT_STATUSES, list(json)));
      Map<String, JsonText> credentials =
          member(from, "credentials").map(JsonText::members).orElse(Map.of());
      text(credentials, "scheme").ifPresent(text -> texts.put(DraftField.CREDENTIALS, text));
      text(credentials, "username").ifPresent(text -> texts.put(DraftField.USERNAME, text));
      text(credentials, "name").ifPresent(text -> texts.put(DraftField.AUTH_HEADER, text));
    }
    return texts;
  }

  private static Optional<JsonText> member(Destination from, String name) {
    return Optional.ofNullable(from.others().get(name));
  }

  private static Optional<String> text(Map<String, JsonText> members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonText::plain);
  }

  private static String lines(JsonText headers) {
    return headers.members().entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue().plain())
        .collect(Collectors.joining("\n"));
  }

  private static String list(JsonText array) {
    return array.text().replaceAll("[\\[\\]\\s]", "").replace(",", ", ");
  }

  /// Returns what is wrong with the texts, by field.
  static Map<DraftField, String> mistakes(SubscriptionDraft draft) {
    Map<DraftField, String> mistakes = new EnumMap<>(DraftField.class);
    require(mistakes, draft, DraftField.URL, "enter the URL of the receiver");
    require(mistakes, draft, DraftField.TEMPLATE, "enter the template, a JSON object");
    require(mistakes, draft, DraftField.USERNAME, "enter the user name");
    require(mistakes, draft, DraftField.AUTH_HEADER, "enter the name of the header");
    draft
        .given(DraftField.TEMPLATE)
        .flatMap(SubscriptionDraft::filterMistake)
        .ifPresent(wrong -> mistakes.put(DraftField.TEMPLATE, wrong));
    List<String> names = headers(draft).map(WebhookDraft::name).toList();
    if (names.stream().anyMatch(String::isEmpty)) {
      mistakes.put(DraftField.HEADERS, "write one header a line, such as X-Team: billing");
    } else if (names.stream().distinct().count() < names.size()) {
      mistakes.put(DraftField.HEADERS, "write each header once");
    }
    if (!draft
        .given(DraftField.PERMANENT_STATUSES)
        .map(text -> text.matches("\\d{3}([,\\s]+\\d{3})*"))
        .orElse(true)) {
      mistakes.put(DraftField.PERMANENT_STATUSES, "enter statuses, such as 410, 422");
    }
    return mistakes;
  }

  private static void require(
      Map<DraftField, String> mistakes, SubscriptionDraft draft, DraftField field, String what) {
    if (draft.given(field).isEmpty()) {
      mistakes.put(field, what);
    }
  }

  private static Stream<String> headers(SubscriptionDraft draft) {
    return draft
        .text(DraftField.HEADERS)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty());
  }

  /// Returns the name of a header; empty if the line has none.
  private static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':'))).strip();
  }

  /// Returns the members of the destination for a request.
  ///
  /// @param before the members of the webhook that it replaces; empty if it replaces none
  static Map<String, Object> members(SubscriptionDraft draft, Map<String, JsonText> before) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("url", draft.text(DraftField.URL).strip());
    draft.given(DraftField.FORMAT).ifPresent(text -> members.put("format", text));
    used(draft, DraftField.TEMPLATE).ifPresent(text -> members.put("template", new RawValue(text)));
    Map<String, String> headers = new LinkedHashMap<>();
    headers(draft)
        .forEach(line -> headers.put(name(line), line.substring(line.indexOf(':') + 1).strip()));
    if (!headers.isEmpty()) {
      members.put("headers", headers);
    }
    draft
        .given(DraftField.CREDENTIALS)
        .ifPresent(scheme -> members.put("credentials", credentials(draft, scheme, before)));
    draft
        .given(DraftField.PERMANENT_STATUSES)
        .ifPresent(text -> members.put("permanent_statuses", statuses(text)));
    draft.given(DraftField.SECRET).ifPresent(text -> members.put("secret", text));
    unknown(before).forEach((name, value) -> members.put(name, value.raw()));
    return members;
  }

  /// Returns the members that no field is about.
  static SortedMap<String, JsonText> unknown(Map<String, JsonText> members) {
    SortedMap<String, JsonText> unknown = new TreeMap<>(members);
    unknown.keySet().removeAll(MEMBERS);
    return unknown;
  }

  private static Optional<String> used(SubscriptionDraft draft, DraftField field) {
    return draft.uses(field) ? draft.given(field) : Optional.empty();
  }

  private static List<Integer> statuses(String text) {
    return Stream.of(text.split("[,\\s]+", -1)).map(Integer::valueOf).toList();
  }

  private static Map<String, Object> credentials(
      SubscriptionDraft draft, String scheme, Map<String, JsonText> before) {
    Map<String, Object> credentials = new LinkedHashMap<>();
    Map<String, JsonText> stored =
        Optional.ofNullable(before.get("credentials")).map(JsonText::members).orElse(Map.of());
    if (text(stored, "scheme").filter(scheme::equals).isPresent()) {
      stored.forEach((name, value) -> credentials.put(name, value.raw()));
    }
    credentials.put("scheme", scheme);
    for (DraftField field : SCHEMES.keySet().stream().sorted().toList()) {
      used(draft, field).ifPresent(text -> credentials.put(field.member(), text));
    }
    return credentials;
  }
}

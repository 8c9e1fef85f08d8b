package dev.sluice.admin.api;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The fields in which an operator writes down a subscription.
public enum DraftField {
  NAME("Name", "/name"),
  DESCRIPTION("Description", "/description"),
  TYPES("Event types", "/types"),
  FILTER("Filter", "/filter"),
  DESTINATION("Destination", "/destination"),
  URL("URL", "/destination/url"),
  FORMAT("Format", "/destination/format"),
  TEMPLATE("Template", "/destination/template"),
  HEADERS("Headers", "/destination/headers"),
  CREDENTIALS("Authentication", "/destination/credentials"),
  TOKEN("Token", "/destination/credentials/token"),
  USERNAME("User name", "/destination/credentials/username"),
  PASSWORD("Password", "/destination/credentials/password"),
  AUTH_HEADER("Header name", "/destination/credentials/name"),
  AUTH_VALUE("Header value", "/destination/credentials/value"),
  PERMANENT_STATUSES("Never retried", "/destination/permanent_statuses"),
  SECRET("Signing secret", "/destination/secret"),
  MAX_RETRIES("Retries", "/retry/max_retries"),
  BASE("Initial backoff", "/retry/base"),
  FACTOR("Backoff factor", "/retry/factor"),
  CAP("Maximum backoff", "/retry/cap"),
  WAITS("Waits", "/retry/waits"),
  MAX_AGE("Maximum age", "/retry/max_age"),
  TIMEOUT("Timeout", "/timeout"),
  CONCURRENCY("Concurrency", "/concurrency"),
  RATE("Rate per second", "/rate/per_second"),
  BURST("Burst", "/rate/burst"),
  DELAY("Delay", "/delay"),
  ORDERING("Order per key", "/ordering");

  private final String title;
  private final String pointer;

  DraftField(String title, String pointer) {
    this.title = title;
    this.pointer = pointer;
  }

  /// Returns the label of the field.
  public String title() {
    return title;
  }

  /// Returns the name of the member in its object.
  String member() {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  /// Returns the field that a JSON pointer points at or into.
  public static Optional<DraftField> at(String pointer) {
    return Stream.of(values())
        .filter(field -> (pointer + '/').startsWith(field.pointer + '/'))
        .max(Comparator.comparingInt(field -> field.pointer.length()));
  }

  /// Returns the rest of a JSON pointer into this field; empty when it points at the field.
  public String within(String pointer) {
    return pointer.substring(this.pointer.length());
  }
}

package dev.sluice.adapter.http;

import dev.sluice.format.ContentType;
import io.helidon.http.HeaderNames;
import java.util.Optional;
import java.util.Set;

/// The media types of events.
public enum MediaTypes {
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  CLOUD_EVENT("application/cloudevents+json"),
  CLOUD_EVENT_BATCH("application/cloudevents-batch+json");

  /// A change of a stored thing (RFC 7396); no event has this type.
  private static final String MERGE_PATCH = "application/merge-patch+json";

  /// The second is not registered, but several clients send it.
  private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

  private final String text;

  MediaTypes(String text) {
    this.text = text;
  }

  /// Requires the media type JSON. Browsers let pages of any site send a body without a type, but
  /// not one declared as JSON.
  ///
  /// @throws ProblemException when the body is not declared as JSON
  public static void requireJson(Exchange exchange) {
    Optional<String> named = exchange.header(HeaderNames.CONTENT_TYPE);
    boolean isUnnamed = named.isEmpty() && exchange.request().content().hasEntity();
    if (isUnnamed || of(named).filter(JSON::equals).isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8.")
              .withHeader("Accept-Post", JSON.text));
    }
  }

  /// Requires a JSON merge patch (RFC 7396), or plain JSON.
  ///
  /// @throws ProblemException when the body is not declared as one of them
  public static void requireMergePatch(Exchange exchange) {
    Optional<String> named = exchange.header(HeaderNames.CONTENT_TYPE).flatMap(MediaTypes::inUtf8);
    if (named.filter(type -> type.equals(MERGE_PATCH) || type.equals(JSON.text)).isEmpty()) {
      String accepted = MERGE_PATCH + ", " + JSON.text;
      throw new ProblemException(
          Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                  "Send " + MERGE_PATCH + " or " + JSON.text + " in UTF-8.")
              .withHeader("Accept-Patch", accepted));
    }
  }

  /// Returns the type that a Content-Type header names; empty for charsets other than UTF-8.
  private static Optional<String> inUtf8(String contentType) {
    ContentType sent = ContentType.parse(contentType);
    boolean isOther = sent.charset().filter(charset -> !UTF_8.contains(charset)).isPresent();
    return isOther ? Optional.empty() : Optional.of(sent.type());
  }

  /// Returns the media type that a Content-Type header names.
  ///
  /// @param contentType the header; without one JSON is assumed
  /// @return empty for other types, and for charsets other than UTF-8
  public static Optional<MediaTypes> of(Optional<String> contentType) {
    return inUtf8(contentType.orElse(JSON.text)).flatMap(MediaTypes::named);
  }

  private static Optional<MediaTypes> named(String type) {
    if (type.equals("application/ndjson") || type.equals("application/jsonl")) {
      return Optional.of(NDJSON);
    }
    for (MediaTypes known : values()) {
      if (known.text.equals(type)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}

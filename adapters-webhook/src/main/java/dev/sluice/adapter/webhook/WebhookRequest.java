package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.domain.subscription.Destination.Webhook;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// One request to a receiver.
final class WebhookRequest {

  static final Duration MAX_DEADLINE = Webhook.MAX_TIMEOUT;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4096}");

  /// Headers about the connection or the length of the body: a second value would contradict what
  /// is sent.
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final String method;
  private final WebhookUrl url;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Duration deadline;
  private final Optional<SSLContext> tls;

  /// @param headers all but those that HTTP itself needs; `content-type` among them
  /// @param body is sent as it is; the caller does not change it afterwards
  /// @param deadline for the whole attempt, with resolving and reading the response; at most 30 s
  /// @throws IllegalArgumentException when a header could not be sent without changing the request,
  ///   or the deadline is out of range
  WebhookRequest(WebhookUrl url, Map<String, String> headers, byte[] body, Duration deadline) {
    this("POST", url, headers, body, deadline, Optional.empty());
  }

  private WebhookRequest(
      String method,
      WebhookUrl url,
      Map<String, String> headers,
      byte[] body,
      Duration deadline,
      Optional<SSLContext> tls) {
    if (!deadline.isPositive() || deadline.compareTo(MAX_DEADLINE) > 0) {
      throw new IllegalArgumentException("A deadline is more than 0 and at most 30 s: " + deadline);
    }
    this.method = method;
    this.url = url;
    this.headers = new LinkedHashMap<>(headers);
    this.body = body;
    this.deadline = deadline;
    this.tls = tls;
    this.headers.forEach(WebhookRequest::requireSendable);
  }

  private static void requireSendable(String name, String value) {
    problemWithHeader(name, value)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("Header \"" + name + "\" " + problem);
            });
  }

  /// Returns why a header cannot be sent; empty when it can. Does not repeat its value.
  static Optional<String> problemWithHeader(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of("is not a header name");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of("is about the connection and cannot be set");
    }
    return VALUE.matcher(value).matches()
        ? Optional.empty()
        : Optional.of("must have a value of one line and at most 4096 ASCII characters");
  }

  /// Returns an OPTIONS without a body.
  ///
  /// @throws IllegalArgumentException as the constructor does
  static WebhookRequest options(WebhookUrl url, Map<String, String> headers, Duration deadline) {
    return new WebhookRequest("OPTIONS", url, headers, new byte[0], deadline, Optional.empty());
  }

  /// Returns the same with another TLS context than the usual one.
  WebhookRequest with(Optional<SSLContext> other) {
    return new WebhookRequest(method, url, headers, body, deadline, other);
  }

  String method() {
    return method;
  }

  /// Returns the TLS context; empty for the usual one.
  Optional<SSLContext> tls() {
    return tls;
  }

  WebhookUrl url() {
    return url;
  }

  Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  byte[] body() {
    return body;
  }

  /// Returns the body as text.
  String text() {
    return new String(body, UTF_8);
  }

  Duration deadline() {
    return deadline;
  }
}

package dev.sluice.domain.subscription;

import dev.sluice.domain.secret.SigningSecret;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the deliveries of a subscription go.
public sealed interface Destination {

  /// Returns the name in the API and in files.
  String kind();

  /// A handler for trials: it does nothing with an event, or fails if the event asks for that.
  record Demo() implements Destination {

    @Override
    public String kind() {
      return "demo";
    }
  }

  /// Writes each event as a line of JSON to the standard output of the node that processes it.
  record Log() implements Destination {

    @Override
    public String kind() {
      return "log";
    }
  }

  /// Sends each event to a URL, in a signed request.
  ///
  /// @param url of the receiver
  /// @param body what the requests contain
  /// @param headers further headers of each request, in the order in which they are written
  /// @param secrets sign the requests, the current one first; empty when none was given or made yet
  /// @param credentials how the requests authenticate, if the receiver asks for that
  /// @param permanentStatuses responses after which no retry is made, besides 406, 413, 415 and 501
  /// @param handshake whether the receiver is asked for its permission
  /// @param tls what is particular about TLS to the receiver, if something is
  record Webhook(
      String url,
      Body body,
      Map<String, String> headers,
      List<SigningSecret> secrets,
      Optional<Credentials> credentials,
      Set<Integer> permanentStatuses,
      Handshake handshake,
      Optional<ReceiverTls> tls)
      implements Destination {

    public static final String KIND = "webhook";
    public static final int MAX_HEADERS = 20;

    /// An attempt takes no longer, whatever the subscription says.
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);

    /// Creates a webhook whose receiver is not asked for its permission and has a certificate of a
    /// public authority.
    public Webhook(
        String url,
        Body body,
        Map<String, String> headers,
        List<SigningSecret> secrets,
        Optional<Credentials> credentials,
        Set<Integer> permanentStatuses) {
      this(
          url,
          body,
          headers,
          secrets,
          credentials,
          permanentStatuses,
          Handshake.OFF,
          Optional.empty());
    }

    public Webhook {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      secrets = List.copyOf(secrets);
      permanentStatuses = Set.copyOf(permanentStatuses);
    }

    /// Creates a webhook in the standard format, without further settings.
    public static Webhook to(String url) {
      return new Webhook(url, Body.STANDARD, Map.of(), List.of(), Optional.empty(), Set.of());
    }

    @Override
    public String kind() {
      return KIND;
    }

    /// Returns the same with these secrets.
    public Webhook with(List<SigningSecret> others, Optional<Credentials> other) {
      return new Webhook(url, body, headers, others, other, permanentStatuses, handshake, tls);
    }

    /// Returns the same with this TLS.
    public Webhook with(Optional<ReceiverTls> other) {
      return new Webhook(
          url, body, headers, secrets, credentials, permanentStatuses, handshake, other);
    }

    /// What requests contain.
    ///
    /// @param format the form of the body
    /// @param template for [WebhookFormat#TEMPLATE], as its author wrote it; otherwise empty
    public record Body(WebhookFormat format, Optional<String> template) {

      static final Body STANDARD = of(WebhookFormat.STANDARD);

      /// Creates a body of a format without a template.
      public static Body of(WebhookFormat format) {
        return new Body(format, Optional.empty());
      }
    }
  }
}

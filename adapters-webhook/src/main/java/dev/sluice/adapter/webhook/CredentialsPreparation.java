package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks and encrypts the credentials of a receiver.
final class CredentialsPreparation {

  private final SecretStorage secrets;
  private final SubscriptionName owner;

  CredentialsPreparation(SecretStorage secrets, SubscriptionName owner) {
    this.secrets = secrets;
    this.owner = owner;
  }

  /// Returns the credentials to store.
  ///
  /// @throws RefusedDestinationException when they cannot be sent or stored, or their secret is
  ///   missing
  Optional<Credentials> prepare(Webhook wanted, Optional<Webhook> stored) {
    return wanted.credentials().map(credentials -> prepare(credentials, wanted, stored));
  }

  private Credentials prepare(Credentials wanted, Webhook webhook, Optional<Webhook> stored) {
    checkName(wanted, webhook.headers().keySet());
    Optional<Credentials> before =
        stored
            .flatMap(Webhook::credentials)
            .filter(one -> one.scheme() == wanted.scheme() && one.name().equals(wanted.name()));
    if (wanted.secret().isEmpty()) {
      return kept(before, wanted, webhook, stored);
    }
    if (!(wanted.secret().get() instanceof Secret.Plain(String given))) {
      return wanted;
    }
    Map.Entry<String, String> header = header(wanted, given);
    refuse(pointer(wanted), WebhookRequest.problemWithHeader(header.getKey(), header.getValue()));
    boolean isSame =
        before
            .flatMap(Credentials::secret)
            .filter(secret -> secrets.isSame(secret, given, owner, Use.CREDENTIALS))
            .isPresent();
    return isSame
        ? before.get()
        : wanted.with(secrets.encrypt(given, owner, Use.CREDENTIALS, pointer(wanted)));
  }

  /// @param others the names of the other headers
  private static void checkName(Credentials wanted, Set<String> others) {
    switch (wanted.scheme()) {
      case BEARER -> {}
      case BASIC ->
          refuse(
              "/credentials/username",
              wanted.name().contains(":")
                  ? Optional.of("must not contain a colon")
                  : Optional.empty());
      case HEADER ->
          refuse("/credentials/name", HeaderRules.problemWithCredentials(wanted.name(), others));
    }
  }

  private static void refuse(String pointer, Optional<String> problem) {
    problem.ifPresent(
        detail -> {
          throw new RefusedDestinationException(pointer, detail);
        });
  }

  /// Whoever may change the URL must not be able to have the stored secret sent to a server of
  /// their own.
  private static Credentials kept(
      Optional<Credentials> before, Credentials wanted, Webhook webhook, Optional<Webhook> stored) {
    if (before.isEmpty()) {
      throw new RefusedDestinationException(
          pointer(wanted), "is required by " + wanted.scheme().wireName());
    }
    boolean isSameReceiver =
        stored.filter(one -> origin(one.url()).equals(origin(webhook.url()))).isPresent();
    if (!isSameReceiver) {
      throw new RefusedDestinationException(
          pointer(wanted), "is required again, because the URL has another scheme, host or port");
    }
    return before.get();
  }

  /// Returns scheme, host and port of a checked URL as they are written.
  private static String origin(String url) {
    int end = url.indexOf("://") + 3;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return url.substring(0, end);
  }

  private static String pointer(Credentials credentials) {
    return "/credentials/"
        + switch (credentials.scheme()) {
          case BEARER -> "token";
          case BASIC -> "password";
          case HEADER -> "value";
        };
  }

  /// Returns the header in which credentials are sent.
  static Map.Entry<String, String> header(Credentials credentials, String secret) {
    return switch (credentials.scheme()) {
      case BEARER -> Map.entry("authorization", "Bearer " + secret);
      case BASIC -> {
        byte[] pair = (credentials.name() + ':' + secret).getBytes(UTF_8);
        yield Map.entry("authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case HEADER -> Map.entry(credentials.name(), secret);
    };
  }
}

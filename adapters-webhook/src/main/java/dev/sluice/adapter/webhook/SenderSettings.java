package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.WebhookProxy;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How requests are sent.
///
/// @param userAgent the header `User-Agent`
/// @param tls which certificates are trusted
/// @param maxPerReceiver most connections to one scheme, host and port
/// @param maxConnections most idle connections of this node, give or take an eighth; those in use
///   are as many as there are attempts
/// @param proxy through which all requests are sent, if there is one
/// @param timeToLive after this time a connection is not used again, so that a name that has moved
///   is noticed
record SenderSettings(
    String userAgent,
    SSLContext tls,
    int maxPerReceiver,
    int maxConnections,
    Optional<WebhookProxy> proxy,
    Duration timeToLive) {

  /// Creates settings without a proxy.
  SenderSettings(
      String userAgent,
      SSLContext tls,
      int maxPerReceiver,
      int maxConnections,
      Duration timeToLive) {
    this(userAgent, tls, maxPerReceiver, maxConnections, Optional.empty(), timeToLive);
  }

  /// Returns 128 connections per receiver, 4096 in all, each for 5 min.
  static SenderSettings of(String userAgent, SSLContext tls) {
    return new SenderSettings(userAgent, tls, 128, 4_096, Duration.ofMinutes(5));
  }

  /// Returns the same with a proxy.
  SenderSettings through(Optional<WebhookProxy> other) {
    return new SenderSettings(userAgent, tls, maxPerReceiver, maxConnections, other, timeToLive);
  }
}

package dev.sluice.server.config;

import dev.sluice.adapter.webhook.WebhookSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// How webhooks are sent.
///
/// @param origin names this service to receivers that are asked for their permission
/// @param secretKeys the value of `SECRETS_KEY`, if it is set
/// @param isHttpAllowed whether webhooks may be sent without TLS
/// @param networks own networks that webhooks may be sent to
/// @param ports ports that webhooks may be sent to
/// @param proxy through which all webhooks are sent, if it is set
/// @param pauseAfter after what time of nothing but failures a subscription is paused
/// @param isForTrials whether loopback is allowed because the node is a developer's own
public record WebhookConfig(
    String origin,
    Optional<String> secretKeys,
    boolean isHttpAllowed,
    List<String> networks,
    String ports,
    Optional<String> proxy,
    Duration pauseAfter,
    boolean isForTrials) {

  private static final Duration LEAST_PAUSE_AFTER = Duration.ofDays(1);
  private static final Duration MOST_PAUSE_AFTER = Duration.ofDays(7);
  private static final Pattern DNS_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
  private static final String PORTS_FOR_TRIALS = WebhookSettings.STANDARD_PORTS + ",1024-65535";

  static WebhookConfig read(ConfigReader reader, InetAddress address) {
    boolean isOwnNode =
        address.isLoopbackAddress() && reader.text(ConfigKey.ENV).equalsIgnoreCase("dev");
    boolean isForTrials = isOwnNode && !reader.isGiven(ConfigKey.WEBHOOK_ALLOW_NETWORKS);
    return new WebhookConfig(
        origin(reader),
        text(reader, ConfigKey.SECRETS_KEY, WebhookSettings::problemWithKeys),
        reader.isGiven(ConfigKey.WEBHOOK_ALLOW_HTTP)
            ? reader.isOn(ConfigKey.WEBHOOK_ALLOW_HTTP)
            : isOwnNode,
        isForTrials ? LOOPBACK : networks(reader),
        text(reader, ConfigKey.WEBHOOK_PORTS, WebhookSettings::problemWithPorts)
            .orElse(isOwnNode ? PORTS_FOR_TRIALS : WebhookSettings.STANDARD_PORTS),
        text(reader, ConfigKey.WEBHOOK_PROXY, WebhookSettings::problemWithProxy),
        pauseAfter(reader),
        isForTrials);
  }

  /// It is sent in a header.
  private static String origin(ConfigReader reader) {
    String origin = reader.text(ConfigKey.WEBHOOK_ORIGIN);
    if (!DNS_NAME.matcher(origin).matches()) {
      reader.wrong(ConfigKey.WEBHOOK_ORIGIN, "a DNS name, such as events.example.com");
    }
    return origin;
  }

  /// Figures are kept for a week.
  private static Duration pauseAfter(ConfigReader reader) {
    Duration after = reader.span(ConfigKey.WEBHOOK_PAUSE_AFTER);
    if (after.compareTo(LEAST_PAUSE_AFTER) < 0 || after.compareTo(MOST_PAUSE_AFTER) > 0) {
      reader.wrong(ConfigKey.WEBHOOK_PAUSE_AFTER, "a duration from 1d to 7d");
    }
    return after;
  }

  private static Optional<String> text(
      ConfigReader reader, ConfigKey key, Function<String, Optional<String>> problemWith) {
    if (!reader.isGiven(key)) {
      return Optional.empty();
    }
    Optional<String> problem = problemWith.apply(reader.text(key));
    problem.ifPresent(detail -> reader.wrong(key, "valid: " + detail));
    return problem.isPresent() ? Optional.empty() : Optional.of(reader.text(key));
  }

  private static List<String> networks(ConfigReader reader) {
    if (!reader.isGiven(ConfigKey.WEBHOOK_ALLOW_NETWORKS)) {
      return List.of();
    }
    List<String> networks =
        Arrays.stream(reader.text(ConfigKey.WEBHOOK_ALLOW_NETWORKS).split(",", -1))
            .map(String::strip)
            .toList();
    Optional<String> problem =
        networks.stream()
            .flatMap(one -> WebhookSettings.problemWithNetwork(one).stream())
            .findFirst();
    problem.ifPresent(
        detail ->
            reader.wrong(
                ConfigKey.WEBHOOK_ALLOW_NETWORKS, "a comma-separated list of networks: " + detail));
    return problem.isPresent() ? List.of() : networks;
  }

  /// Hides the keys.
  @Override
  public String toString() {
    return "WebhookConfig[" + networks + ", " + ports + ", http " + isHttpAllowed + "]";
  }
}

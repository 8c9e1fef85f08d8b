package dev.sluice.adapter.webhook.receiver;

import dev.sluice.adapter.webhook.signature.WebhookSecret;
import java.time.Duration;
import java.util.List;

/// How a [ReceiverAdapter] behaves.
///
/// @param host address to listen on
/// @param port 0 for a free one
/// @param secrets any of which may have signed a request, in the form `whsec_…`; none: signatures
///   are not checked
/// @param failShare share of the requests that fail, from 0 to 1
/// @param failStatus the status of those, from 200 to 599
/// @param delay time before each response
/// @param showsHeaders whether all headers are printed
public record ReceiverSettings(
    String host,
    int port,
    List<String> secrets,
    double failShare,
    int failStatus,
    Duration delay,
    boolean showsHeaders) {

  /// The longest delay: longer than any attempt.
  public static final Duration MAX_DELAY = Duration.ofMinutes(10);

  /// @throws IllegalArgumentException when a value is out of its range or a secret is none; the
  ///   message names the option
  public ReceiverSettings {
    secrets = List.copyOf(secrets);
    var _ = parsed(secrets);
    require(port >= 0 && port <= 65_535, "PORT must be 0 to 65535");
    require(failShare >= 0 && failShare <= 1, "--fail must be a share from 0 to 1, such as 0.2");
    require(failStatus >= 200 && failStatus <= 599, "--status must be 200 to 599");
    require(!delay.isNegative() && delay.compareTo(MAX_DELAY) <= 0, "--delay must be at most 10m");
  }

  List<WebhookSecret> parsedSecrets() {
    return parsed(secrets);
  }

  private static List<WebhookSecret> parsed(List<String> texts) {
    return texts.stream().map(WebhookSecret::parse).toList();
  }

  /// Without the secrets.
  @Override
  public String toString() {
    return "ReceiverSettings[" + host + ":" + port + "]";
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

package dev.sluice.adapter.webhook.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP proxy that connects to receivers in place of this service. It resolves their names, so
/// it must itself block requests to internal networks.
///
/// @param host a name or an address
/// @param port its port
public record WebhookProxy(String host, int port) {

  private static final Pattern URL =
      Pattern.compile("http://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})/?");
  private static final int MAX_PORT = 65_535;

  /// Reads a URL such as `http://proxy.example.com:3128`.
  ///
  /// @throws IllegalArgumentException when it is none
  public static WebhookProxy parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
      throw new IllegalArgumentException(
          "a proxy is written as http://host:port, without user and path");
    }
    return new WebhookProxy(
        parts.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(parts.group(2)));
  }
}

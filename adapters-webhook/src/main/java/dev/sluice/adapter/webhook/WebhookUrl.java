package dev.sluice.adapter.webhook;

/// The URL of a receiver, in parts that have been checked by [UrlCheck].
///
/// @param isTls whether the scheme is `https`
/// @param host a name in lower case or an address, IPv6 without brackets
/// @param port explicit, or the scheme's own
/// @param pathAndQuery as sent in the request line, beginning with a slash
record WebhookUrl(boolean isTls, String host, int port, String pathAndQuery) {

  String scheme() {
    return isTls ? "https" : "http";
  }

  /// Returns the port for the header `Host`: -1, for none, if it is the scheme's own. Proxies that
  /// compare hosts exactly know them without it.
  int portOfHostHeader() {
    return port == (isTls ? 443 : 80) ? -1 : port;
  }

  /// Returns the URL with its port, for messages.
  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return scheme() + "://" + shown + ":" + port + pathAndQuery;
  }
}

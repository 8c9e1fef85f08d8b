package dev.sluice.adapter.webhook;

import java.net.URI;
import java.util.Locale;

/// Reads the URL of a receiver strictly, so that no other parser on the way can see another host in
/// it.
///
/// The check gives early and clear messages. [AddressGuard] is what protects the internal network,
/// at the address that is connected to. Only the refusal of hosts that end in a number is a
/// protection of its own, because Java, proxies and browsers read these differently.
final class UrlCheck {

  /// Longer URLs are refused.
  static final int MAX_LENGTH = 2_048;

  private final UrlRules rules;

  UrlCheck(UrlRules rules) {
    this.rules = rules;
  }

  /// @throws RefusedUrlException when no webhook may be sent to the URL
  WebhookUrl check(String url) {
    requireCharacters(url);
    boolean isTls = scheme(url);
    String rest = url.substring(isTls ? 8 : 7);
    int end = authorityEnd(rest);
    String authority = rest.substring(0, end);
    requireAuthority(authority);
    int colon = portColon(authority);
    String host = new HostCheck(rules).check(authority.substring(0, colon));
    int port = port(authority, colon, isTls);
    if (rules.ownAuthorities().contains(host + ':' + port)) {
      throw new RefusedUrlException("The URL leads back to this service, which would be a loop.");
    }
    String path = rest.substring(end);
    requireUri(path);
    return new WebhookUrl(isTls, host, port, path.startsWith("/") ? path : "/" + path);
  }

  private static void requireUri(String path) {
    if (path.startsWith("//")) {
      throw new RefusedUrlException("Remove one of the slashes at the beginning of the path.");
    }
    try {
      URI.create("https://host.test" + path);
    } catch (IllegalArgumentException e) {
      throw new RefusedUrlException("Percent-encode the characters that a URL must not contain.");
    }
  }

  private static void requireCharacters(String url) {
    if (url.length() > MAX_LENGTH) {
      throw new RefusedUrlException(
          "The URL has " + url.length() + " characters; at most " + MAX_LENGTH + " are allowed.");
    }
    for (int i = 0; i < url.length(); i++) {
      requireCharacter(url.charAt(i));
    }
  }

  private static void requireCharacter(char character) {
    if (character <= ' ' || character == 0x7f) {
      throw new RefusedUrlException("Remove white space and control characters from the URL.");
    }
    if (character > 0x7f) {
      throw new RefusedUrlException(
          "The URL must be ASCII: write the host in its xn-- form and the path percent-encoded.");
    }
    if (character == '\\') {
      throw new RefusedUrlException(
          "Replace the backslash in the URL with a slash, or percent-encode it.");
    }
    if (character == '#') {
      throw new RefusedUrlException("Remove the fragment, which begins at \"#\", from the URL.");
    }
  }

  private boolean scheme(String url) {
    String lower = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
    if (lower.equals("https://")) {
      return true;
    }
    if (!lower.startsWith("http://")) {
      throw new RefusedUrlException("The URL must begin with https://");
    }
    if (!rules.httpAllowed()) {
      throw new RefusedUrlException(
          "The URL must begin with https://; this installation does not send to http://");
    }
    return false;
  }

  private static int authorityEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
        return i;
      }
    }
    return rest.length();
  }

  private static void requireAuthority(String authority) {
    if (authority.isEmpty()) {
      throw new RefusedUrlException("The URL has no host.");
    }
    if (authority.indexOf('@') >= 0) {
      throw new RefusedUrlException(
          "Remove the user information before \"@\" from the URL; set credentials of the"
              + " subscription instead.");
    }
    if (authority.indexOf('%') >= 0) {
      throw new RefusedUrlException("Write the host without \"%\": neither encoded nor scoped.");
    }
  }

  /// Returns where the port begins, or the end.
  private static int portColon(String authority) {
    int colon = authority.indexOf(':', authority.startsWith("[") ? authority.indexOf(']') + 1 : 0);
    return colon < 0 ? authority.length() : colon;
  }

  private int port(String authority, int colon, boolean isTls) {
    if (colon == authority.length()) {
      return allowed(isTls ? 443 : 80);
    }
    String digits = authority.substring(colon + 1);
    if (!digits.matches("[0-9]{1,5}") || digits.startsWith("0")) {
      throw new RefusedUrlException("\":" + digits + "\" is not a port.");
    }
    return allowed(Integer.parseInt(digits));
  }

  private int allowed(int port) {
    if (!rules.ports().contains(port)) {
      throw new RefusedUrlException(
          "Port " + port + " is not among those that webhooks may use: " + rules.ports().ranges());
    }
    return port;
  }
}

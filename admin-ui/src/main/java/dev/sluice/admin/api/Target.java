package dev.sluice.admin.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Address of a service, and the key for it.
///
/// @param base prefix of all paths, such as `http://127.0.0.1:8080`
public record Target(URI base, Optional<String> key) {

  /// Checks the address and the key.
  ///
  /// @throws IllegalArgumentException if either is invalid, with a message for the user
  public Target {
    boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!web || base.getHost() == null) {
      throw new IllegalArgumentException(
          "the address must look like http://127.0.0.1:8080, not " + base);
    }
    if (base.getRawQuery() != null || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address must not contain a query or credentials: " + base.getHost());
    }
    if (!key.map(text -> text.matches("[\\x21-\\x7e]+")).orElse(true)) {
      // Without the key itself: only the service may see any part of it.
      throw new IllegalArgumentException("the key contains an invalid character");
    }
  }

  /// Parses an address that the user typed: `http://` is optional, trailing slashes are ignored.
  ///
  /// @throws IllegalArgumentException if it is not an address, with a message for the user
  public static Target of(String address, Optional<String> key) {
    String text = address.strip();
    if (!text.contains("://")) {
      text = "http://" + text;
    }
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return new Target(uri(text), key.map(String::strip).filter(some -> !some.isEmpty()));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException("the address is not valid: " + wrong.getReason(), wrong);
    }
  }

  /// Returns the full address of a path with its query.
  URI at(String path) {
    return URI.create(base + path);
  }

  /// Omits the key, because this text can end up in a log.
  @Override
  public String toString() {
    return base.toString();
  }
}

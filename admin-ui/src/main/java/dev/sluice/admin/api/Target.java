package dev.sluice.admin.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Which service is spoken to, and with which key.
///
/// @param base where its paths begin, such as `http://127.0.0.1:8080`
public record Target(URI base, Optional<String> key) {

  /// Checks that it is an address that can be asked.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when it is not
  public Target {
    boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!web || base.getHost() == null) {
      throw new IllegalArgumentException(
          "the address is none such as http://127.0.0.1:8080: " + base);
    }
    if (base.getRawQuery() != null || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address must hold neither a query nor a password: " + base.getHost());
    }
    if (!key.map(text -> text.matches("[\\x21-\\x7e]+")).orElse(true)) {
      // Not which: nobody but the service may see any of it.
      throw new IllegalArgumentException("the key holds a character that no key has");
    }
  }

  /// From what a user types: `http://` may be left out, and a slash may follow.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when it is no address
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
      throw new IllegalArgumentException("the address is none: " + wrong.getReason(), wrong);
    }
  }

  /// The address of a path, query included.
  URI at(String path) {
    return URI.create(base + path);
  }

  /// Never the key: this text may end up in a log.
  @Override
  public String toString() {
    return base.toString();
  }
}

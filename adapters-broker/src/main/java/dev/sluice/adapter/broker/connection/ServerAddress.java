package dev.sluice.adapter.broker.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The parts of a server's URL, each decoded once. Several hosts, separated by commas, may stand in
/// place of one, and names of hosts may contain underscores, which [URI] does not accept.
///
/// @param scheme such as `amqps`
/// @param user empty when the URL names none
/// @param password empty when the URL names none
/// @param hosts one at least
/// @param path what follows the first slash; empty without a slash or with nothing behind it
/// @param fragment what follows the `#`
public record ServerAddress(
    String scheme,
    Optional<String> user,
    Optional<String> password,
    List<Host> hosts,
    Optional<String> path,
    Optional<String> fragment) {

  private static final String ENCODE =
      "percent-encode characters such as @ : / # ? % in names and passwords (@ is %40)";

  private static final int LARGEST_PORT = 65_535;

  /// One of the hosts.
  record Host(String name, int port) {}

  /// Parses a URL.
  ///
  /// @param port for hosts that name none
  /// @throws IllegalArgumentException when the URL is not valid; the message contains no part of it
  static ServerAddress of(String url, int port) {
    URI uri = parsed(url);
    String authority = authority(uri);
    if (uri.getRawQuery() != null || rest(uri).contains("@")) {
      throw new IllegalArgumentException("remove what follows the path; " + ENCODE);
    }
    int at = authority.lastIndexOf('@');
    String login = authority.substring(0, Math.max(at, 0));
    if (login.indexOf('@') >= 0) {
      throw new IllegalArgumentException(ENCODE);
    }
    return new ServerAddress(
        uri.getScheme(),
        Optional.of(login).filter(_ -> at >= 0).map(ServerAddress::user),
        Optional.of(login).filter(_ -> login.indexOf(':') >= 0).map(ServerAddress::password),
        Stream.of(authority.substring(at + 1).split(",", -1)).map(one -> host(one, port)).toList(),
        path(uri.getRawPath()),
        Optional.ofNullable(uri.getRawFragment()).map(ServerAddress::decoded));
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(ENCODE, e);
    }
  }

  private static String authority(URI uri) {
    String authority = uri.getRawAuthority();
    if (authority == null || uri.getScheme() == null) {
      throw new IllegalArgumentException("name a host");
    }
    return authority;
  }

  private static String rest(URI uri) {
    return uri.getRawPath() + Optional.ofNullable(uri.getRawFragment()).orElse("");
  }

  private static String user(String login) {
    int colon = login.indexOf(':');
    return decoded(colon < 0 ? login : login.substring(0, colon));
  }

  private static String password(String login) {
    return decoded(login.substring(login.indexOf(':') + 1));
  }

  private static Host host(String text, int otherwise) {
    int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (!name.matches("[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.%]+]")) {
      throw new IllegalArgumentException("name each host, with or without its port; " + ENCODE);
    }
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    return new Host(bare, colon < 0 ? otherwise : port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("use a port from 1 to 65535; " + ENCODE);
    }
    return port;
  }

  private static Optional<String> path(String raw) {
    String segment = raw.startsWith("/") ? raw.substring(1) : raw;
    if (segment.indexOf('/') >= 0) {
      throw new IllegalArgumentException("put only one name after the host; write its / as %2F");
    }
    return segment.isEmpty() ? Optional.empty() : Optional.of(decoded(segment));
  }

  /// Decodes percent-encoded text; a plus sign stands for itself.
  private static String decoded(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(raw.length);
    for (int index = 0; index < raw.length; index++) {
      if (raw[index] == '%') {
        // URI has checked that two hexadecimal digits follow.
        bytes.put((byte) HexFormat.fromHexDigits(hex(raw, index + 1), 0, 2));
        index += 2;
      } else {
        bytes.put(raw[index]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("percent-encode letters as UTF-8", e);
    }
  }

  private static String hex(byte[] raw, int from) {
    return new String(raw, from, 2, StandardCharsets.US_ASCII);
  }

  /// Returns the scheme and the hosts, without the password.
  @Override
  public String toString() {
    return scheme + "://" + hosts;
  }
}

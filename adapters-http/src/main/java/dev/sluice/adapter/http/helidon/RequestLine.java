package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.adapter.http.ProblemCode;
import java.util.Locale;
import java.util.Optional;

/// The first line of a request, checked strictly (RFC 9112, 3).
///
/// @param method the method
/// @param target the path and the query, or `*`
/// @param authority the host in an absolute target, which replaces the header `Host`
/// @param isOld whether it is HTTP/1.0
record RequestLine(String method, String target, Optional<String> authority, boolean isOld) {

  private static final String VERSION_1_1 = "HTTP/1.1";
  private static final String VERSION_1_0 = "HTTP/1.0";
  private static final int VERSION_LENGTH = VERSION_1_1.length();

  /// Whether this is HEAD on a probe. Helidon supports it on one of its probes only; the others are
  /// called with GET, and their content is omitted.
  boolean isHeadOfProbe() {
    return method.equals("HEAD") && target.startsWith(Api.OBSERVE);
  }

  /// Parses the line.
  ///
  /// @param method the method that begins the line
  /// @throws MalformedHeadException when it is malformed
  static RequestLine read(String method, byte[] head, int start, int end) {
    int methodEnd = start + method.length();
    int targetEnd = end - VERSION_LENGTH - 1;
    if (targetEnd <= methodEnd + 1 || head[targetEnd] != ' ') {
      throw malformed();
    }
    boolean isOld = isOld(new String(head, targetEnd + 1, VERSION_LENGTH, ISO_8859_1));
    requireTarget(head, methodEnd + 1, targetEnd);
    String target = new String(head, methodEnd + 1, targetEnd - methodEnd - 1, US_ASCII);
    requireKnown(method);
    if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
      return new RequestLine(method, target, Optional.empty(), isOld);
    }
    return absolute(method, target, isOld);
  }

  /// Returns the method at the beginning of the line.
  ///
  /// @throws MalformedHeadException when there is none
  static String methodIn(byte[] head, int start, int end) {
    int index = start;
    while (index < end && Ascii.isToken(head[index])) {
      index++;
    }
    if (index == start || index == end || head[index] != ' ') {
      throw malformed();
    }
    return new String(head, start, index - start, US_ASCII);
  }

  private static boolean isOld(String version) {
    if (version.equals(VERSION_1_1)) {
      return false;
    }
    if (version.equals(VERSION_1_0)) {
      return true;
    }
    if (version.matches("HTTP/[0-9]\\.[0-9]")) {
      throw new MalformedHeadException(
          ProblemCode.HTTP_VERSION_NOT_SUPPORTED, "Send HTTP/1.1 or HTTP/1.0.");
    }
    throw malformed();
  }

  private static void requireTarget(byte[] head, int start, int end) {
    for (int index = start; index < end; index++) {
      if (head[index] == '#') {
        throw new MalformedHeadException(
            "Remove the fragment from the request target, or percent-encode # as %23.");
      }
      if (head[index] == ' ' || head[index] == '\t') {
        throw malformed();
      }
      if (!Ascii.isTarget(head[index])) {
        throw new MalformedHeadException(
            "Percent-encode characters in the path and the query that a URI cannot contain, such as"
                + " "
                + "%%%02X (RFC 3986; non-ASCII letters as UTF-8).".formatted(head[index] & 0xFF));
      }
    }
  }

  /// Rejects unknown methods. Methods are case-sensitive (RFC 9110, 9.1); Helidon would accept
  /// `get` as GET.
  private static void requireKnown(String method) {
    if (!method.equals(method.toUpperCase(Locale.ROOT)) || method.equals("CONNECT")) {
      throw new MalformedHeadException(
          ProblemCode.NOT_IMPLEMENTED,
          "Use a method in upper case that the path allows; this one is unknown.");
    }
  }

  /// Parses a target in absolute form, as sent to proxies; servers must accept it, too (RFC 9112,
  /// 3.2.2).
  private static RequestLine absolute(String method, String target, boolean isOld) {
    String lower = target.toLowerCase(Locale.ROOT);
    int begin = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (begin < 0) {
      throw new MalformedHeadException(
          "Begin the request target with a slash, or send a complete http or https URI.");
    }
    int slash = authorityEnd(target, begin);
    String authority = target.substring(begin, slash);
    if (authority.isEmpty() || authority.contains("@")) {
      throw new MalformedHeadException("Name a host, and no user, in the request target.");
    }
    String rest = target.substring(slash);
    String path =
        rest.startsWith("/") ? rest : rest.isEmpty() && isOptions(method) ? "*" : "/" + rest;
    return new RequestLine(method, path, Optional.of(authority), isOld);
  }

  private static int authorityEnd(String target, int begin) {
    int end = begin;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  private static boolean isOptions(String method) {
    return method.equals("OPTIONS");
  }

  private static MalformedHeadException malformed() {
    return new MalformedHeadException(
        "Send a request line of a method, a target and a version, separated by single spaces.");
  }
}

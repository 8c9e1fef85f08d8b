package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.adapter.http.ProblemCode;
import java.util.Locale;
import java.util.Optional;

/// The first line of a request, checked to the letter (RFC 9112, 3).
///
/// @param method the method
/// @param target the path and the query, or `*`
/// @param authority the host that an absolute target names, in place of the header `Host`
/// @param isOld whether it is HTTP/1.0
record RequestLine(String method, String target, Optional<String> authority, boolean isOld) {

  private static final String VERSION_1_1 = "HTTP/1.1";
  private static final String VERSION_1_0 = "HTTP/1.0";
  private static final int VERSION_LENGTH = VERSION_1_1.length();

  /// Helidon answers HEAD on one of its probes only. The others are asked with GET, and their
  /// content is left out.
  boolean isHeadOfProbe() {
    return method.equals("HEAD") && target.startsWith(Api.OBSERVE);
  }

  /// Reads the line.
  ///
  /// @param method with which it begins
  /// @throws MalformedHeadException when it is none
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

  /// The method at the beginning of the line.
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
          ProblemCode.HTTP_VERSION_NOT_SUPPORTED, "send HTTP/1.1 or HTTP/1.0");
    }
    throw malformed();
  }

  private static void requireTarget(byte[] head, int start, int end) {
    for (int index = start; index < end; index++) {
      if (head[index] == '#') {
        throw new MalformedHeadException(
            "the request target must not have a fragment; percent-encode # as %23");
      }
      if (head[index] == ' ' || head[index] == '\t') {
        throw malformed();
      }
      if (!Ascii.isTarget(head[index])) {
        throw new MalformedHeadException(
            "percent-encode characters in the path and the query that a URI cannot contain, such as"
                + " "
                + "%%%02X (RFC 3986; letters beyond ASCII as UTF-8)".formatted(head[index] & 0xFF));
      }
    }
  }

  /// Methods are compared to the letter (RFC 9110, 9.1); Helidon would take `get` for GET.
  private static void requireKnown(String method) {
    if (!method.equals(method.toUpperCase(Locale.ROOT)) || method.equals("CONNECT")) {
      throw new MalformedHeadException(
          ProblemCode.NOT_IMPLEMENTED,
          "the method is not known here; methods are written in upper case");
    }
  }

  /// A target as it is sent to proxies; servers must take it, too (RFC 9112, 3.2.2).
  private static RequestLine absolute(String method, String target, boolean isOld) {
    String lower = target.toLowerCase(Locale.ROOT);
    int begin = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
    if (begin < 0) {
      throw new MalformedHeadException(
          "the request target must begin with a slash, or be a whole http or https URI");
    }
    int slash = begin;
    while (slash < target.length() && target.charAt(slash) != '/' && target.charAt(slash) != '?') {
      slash++;
    }
    String authority = target.substring(begin, slash);
    if (authority.isEmpty() || authority.contains("@")) {
      throw new MalformedHeadException("the request target must name a host, and no user");
    }
    String rest = target.substring(slash);
    String path =
        rest.startsWith("/") ? rest : rest.isEmpty() && isOptions(method) ? "*" : "/" + rest;
    return new RequestLine(method, path, Optional.of(authority), isOld);
  }

  private static boolean isOptions(String method) {
    return method.equals("OPTIONS");
  }

  private static MalformedHeadException malformed() {
    return new MalformedHeadException(
        "the request line must be a method, a target and a version, with one space between them");
  }
}

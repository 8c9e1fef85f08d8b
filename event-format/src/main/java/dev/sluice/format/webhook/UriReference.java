package dev.sluice.format.webhook;

import java.net.URI;
import java.net.URISyntaxException;

/// Makes URI references (RFC 3986, 4.1) of sources: CloudEvents require one, and Sluice accepts any
/// text.
final class UriReference {

  /// The characters that separate the parts of a URI.
  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

  private static final String UNRESERVED_MARKS = "-._~";

  private UriReference() {}

  /// Returns the text itself when it is one; otherwise with the characters encoded that are in the
  /// way.
  static String of(String text) {
    if (isReference(text)) {
      return text;
    }
    String encoded =
        PercentEncoding.of(text, one -> isUnreserved(one) || RESERVED.indexOf(one) >= 0);
    return isReference(encoded) ? encoded : PercentEncoding.of(text, UriReference::isUnreserved);
  }

  private static boolean isReference(String text) {
    try {
      // The JDK accepts other characters than ASCII.
      return new URI(text).toASCIIString().equals(text);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isUnreserved(int one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || UNRESERVED_MARKS.indexOf(one) >= 0;
  }
}

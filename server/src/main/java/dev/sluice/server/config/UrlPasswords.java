package dev.sluice.server.config;

import java.util.regex.Pattern;

/// Detects passwords in URLs that are not percent-encoded. Such a URL is invalid or has another
/// meaning: in `amqp://me:12/3@host` the host is `me`.
final class UrlPasswords {

  static final String ADVICE =
      ", with special characters of user and password percent-encoded (@ as %40, / as %2F, : as"
          + " %3A, # as %23, ? as %3F, % as %25)";

  /// Matches up to the last `@`, because no password can follow it.
  private static final Pattern SUSPICIOUS =
      Pattern.compile("[a-z]+://(?:[^:@]*:.*[@/?#:\\[\\]\\s].*@.*|.*%(?![0-9A-Fa-f]{2}).*@.*)");

  /// A password with a character that ends the authority of the URL before its `@`.
  private static final Pattern CUT_OFF = Pattern.compile("[a-z]+://[^@/?#]*[/?#].*@.*");

  private UrlPasswords() {}

  /// Returns the advice to append to an error about this URL; empty if its password is encoded.
  static String advice(String url) {
    return SUSPICIOUS.matcher(url).matches() || isCutOff(url) ? ADVICE : "";
  }

  /// Whether part of the password would be read as path, query or fragment.
  static boolean isCutOff(String url) {
    return CUT_OFF.matcher(url).matches();
  }
}

package dev.sluice.server.config;

import java.util.regex.Pattern;

/// Notices passwords in URLs that were not percent-encoded. Such a URL has no other sense, or a
/// wrong one: in `amqp://me:12/3@host` the host is `me`.
final class UrlPasswords {

  static final String ADVICE =
      ", with special characters of user and password percent-encoded (@ as %40, / as %2F, : as"
          + " %3A, # as %23, ? as %3F, % as %25)";

  /// Up to the last `@`, after which no password can be.
  private static final Pattern SUSPICIOUS =
      Pattern.compile("[a-z]+://(?:[^:@]*:.*[@/?#:\\[\\]\\s].*@.*|.*%(?![0-9A-Fa-f]{2}).*@.*)");

  /// A password that ends the host's part of the URL too early.
  private static final Pattern CUT_OFF = Pattern.compile("[a-z]+://[^@/?#]*[/?#].*@.*");

  private UrlPasswords() {}

  /// What to add to a message about a URL that is not understood.
  static String advice(String url) {
    return SUSPICIOUS.matcher(url).matches() || isCutOff(url) ? ADVICE : "";
  }

  /// Whether a part of the password is read as something else.
  static boolean isCutOff(String url) {
    return CUT_OFF.matcher(url).matches();
  }
}

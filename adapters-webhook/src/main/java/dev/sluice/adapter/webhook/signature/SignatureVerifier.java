package dev.sluice.adapter.webhook.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What a receiver does with a signed request: the rules of Standard Webhooks for `v1` signatures
/// (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md). Safe for concurrent
/// use.
public final class SignatureVerifier {

  /// How far the time of an attempt may be from the receiver's clock, so that a captured request
  /// cannot be sent again much later.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final int MAX_SIGNATURES = 100;

  private final List<WebhookSecret> secrets;
  private final InstantSource clock;

  /// @param secrets each of which may have signed the request; at least one
  /// @throws IllegalArgumentException when there is no secret
  public SignatureVerifier(List<WebhookSecret> secrets, InstantSource clock) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("Without a secret no signature can be verified.");
    }
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  /// Returns a sentence that says why the request must not be trusted; empty when one of the
  /// secrets signed exactly this body a moment ago.
  ///
  /// @param header returns the value of a header whose name is in lower case
  /// @param body the bytes as they were received
  public Optional<String> problem(Function<String, Optional<String>> header, byte[] body) {
    for (String name : SignatureHeaders.NAMES) {
      if (header.apply(name).isEmpty()) {
        return Optional.of("The header " + name + " is missing.");
      }
    }
    String id = header.apply(SignatureHeaders.ID).orElse("");
    String timestamp = header.apply(SignatureHeaders.TIMESTAMP).orElse("");
    return problemWithTime(timestamp)
        .or(
            () ->
                isSigned(id, timestamp, header.apply(SignatureHeaders.SIGNATURE).orElse(""), body)
                    ? Optional.empty()
                    : Optional.of(
                        "No signature matches: check the secret, or a proxy changed the request."));
  }

  private Optional<String> problemWithTime(String timestamp) {
    if (!SECONDS.matcher(timestamp).matches()) {
      return Optional.of("The header webhook-timestamp is not a number of seconds since 1970.");
    }
    long behind = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
    return Math.abs(behind) > TOLERANCE.toSeconds()
        ? Optional.of(
            "The header webhook-timestamp is "
                + Math.abs(behind)
                + " s "
                + (behind < 0 ? "ahead of" : "behind")
                + " the clock here; more than "
                + TOLERANCE.toSeconds()
                + " s are not trusted.")
        : Optional.empty();
  }

  private boolean isSigned(String id, String timestamp, String signatures, byte[] body) {
    byte[] prefix = SignatureHeaders.prefix(id, timestamp);
    List<byte[]> expected =
        secrets.stream()
            .map(secret -> SignatureHeaders.signature(secret, prefix, body).getBytes(UTF_8))
            .toList();
    boolean isSigned = false;
    for (String signature : signatures.split(" ", MAX_SIGNATURES)) {
      byte[] given = signature.getBytes(UTF_8);
      for (byte[] fitting : expected) {
        // Takes the same time wherever the two differ.
        isSigned |= MessageDigest.isEqual(fitting, given);
      }
    }
    return isSigned;
  }
}

package dev.sluice.adapter.webhook.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;

/// The three headers of Standard Webhooks with which a receiver verifies a request.
///
/// @param id see [WebhookId]
/// @param timestamp seconds since 1970 when the attempt began
/// @param signature one `v1` signature for each secret, separated by spaces
public record SignatureHeaders(String id, long timestamp, String signature) {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  /// All three, in lower case.
  public static final List<String> NAMES = List.of(ID, TIMESTAMP, SIGNATURE);

  /// More secrets than two occur only when a rotation is repeated before the first has ended.
  public static final int MAX_SECRETS = 5;

  /// Signs the bytes of a body exactly as they will be sent.
  ///
  /// @param eventId any text
  /// @param secrets the current one first; more than one while secrets rotate
  /// @throws IllegalArgumentException when there are no secrets, or more than [#MAX_SECRETS]
  public static SignatureHeaders sign(
      String eventId, Instant attemptAt, byte[] body, List<WebhookSecret> secrets) {
    if (secrets.isEmpty() || secrets.size() > MAX_SECRETS) {
      throw new IllegalArgumentException(
          "A request is signed with 1 to " + MAX_SECRETS + " secrets, not " + secrets.size());
    }
    String id = WebhookId.of(eventId);
    long timestamp = attemptAt.getEpochSecond();
    byte[] prefix = prefix(id, String.valueOf(timestamp));
    String signature =
        secrets.stream()
            .map(secret -> signature(secret, prefix, body))
            .collect(Collectors.joining(" "));
    return new SignatureHeaders(id, timestamp, signature);
  }

  /// Returns what is signed before the body.
  static byte[] prefix(String id, String timestamp) {
    return (id + '.' + timestamp + '.').getBytes(UTF_8);
  }

  /// Returns one signature as it stands in the header.
  static String signature(WebhookSecret secret, byte[] prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret.key());
      mac.update(prefix);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256, which takes any key", e);
    }
  }

  /// Returns the headers by their names on the wire.
  public Map<String, String> byName() {
    var headers = new LinkedHashMap<String, String>();
    headers.put(ID, id);
    headers.put(TIMESTAMP, String.valueOf(timestamp));
    headers.put(SIGNATURE, signature);
    return headers;
  }
}

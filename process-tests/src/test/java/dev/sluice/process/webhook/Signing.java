package dev.sluice.process.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Verifies signatures with the library of Standard Webhooks.
final class Signing {

  private Signing() {}

  /// Returns the secret that a test gives a subscription: none has that of another.
  static String secretOf(String subscription) {
    try {
      byte[] key = MessageDigest.getInstance("SHA-256").digest(subscription.getBytes(UTF_8));
      return "whsec_" + Base64.getEncoder().encodeToString(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /// Whether a request is signed with a secret.
  static boolean isValid(Message message, String secret) {
    Map<String, List<String>> headers =
        message.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    try {
      new Webhook(secret).verify(message.body(), headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalArgumentException("no secret", e);
    }
  }
}

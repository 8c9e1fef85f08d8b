package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Handshake;
import dev.sluice.domain.subscription.ReceiverTls;
import dev.sluice.format.EventWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Writes the members that only webhooks have.
final class WebhookWriter {

  private WebhookWriter() {}

  /// Writes the members into an open object. Without secrets, unless it is written for a storage:
  /// then with the encrypted ones. A secret in plain text is never written.
  static void writeMembers(JsonGenerator json, Webhook webhook, boolean isStored)
      throws IOException {
    json.writeStringField("url", webhook.url());
    json.writeStringField("format", webhook.body().format().wireName());
    Optional<String> template = webhook.body().template();
    if (template.isPresent()) {
      json.writeFieldName("template");
      json.writeRawValue(template.get());
    }
    if (!webhook.headers().isEmpty()) {
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : webhook.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
    }
    if (webhook.credentials().isPresent()) {
      write(json, webhook.credentials().get(), isStored);
    }
    if (!webhook.permanentStatuses().isEmpty()) {
      json.writeFieldName("permanent_statuses");
      int[] statuses =
          webhook.permanentStatuses().stream().mapToInt(Integer::intValue).sorted().toArray();
      json.writeArray(statuses, 0, statuses.length);
    }
    if (webhook.handshake() != Handshake.OFF) {
      json.writeStringField("handshake", webhook.handshake().wireName());
    }
    if (webhook.tls().isPresent()) {
      write(json, webhook.tls().get(), isStored);
    }
    if (isStored) {
      writeSecrets(json, webhook);
    }
  }

  private static void write(JsonGenerator json, ReceiverTls tls, boolean isStored)
      throws IOException {
    json.writeObjectFieldStart("tls");
    writeIfPresent(json, "authorities", tls.authorities());
    writeIfPresent(json, "certificate", tls.certificate());
    if (isStored) {
      writeIfPresent(json, "encrypted", tls.key().map(WebhookWriter::encrypted));
    }
    json.writeEndObject();
  }

  private static void writeIfPresent(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }

  private static void write(JsonGenerator json, Credentials credentials, boolean isStored)
      throws IOException {
    json.writeObjectFieldStart("credentials");
    json.writeStringField("scheme", credentials.scheme().wireName());
    switch (credentials.scheme()) {
      case BASIC -> json.writeStringField("username", credentials.name());
      case HEADER -> json.writeStringField("name", credentials.name());
      case BEARER -> {}
    }
    if (isStored) {
      json.writeStringField("encrypted", encrypted(credentials.secret().orElseThrow()));
    }
    json.writeEndObject();
  }

  private static void writeSecrets(JsonGenerator json, Webhook webhook) throws IOException {
    json.writeArrayFieldStart("secrets");
    for (SigningSecret secret : webhook.secrets()) {
      json.writeStartObject();
      json.writeStringField("encrypted", encrypted(secret.secret()));
      if (secret.until().isPresent()) {
        EventWriter.writeTime(json, "until", secret.until().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String encrypted(Secret secret) {
    return switch (secret) {
      case Secret.Encrypted(String text) -> text;
      case Secret.Plain _ ->
          throw new IllegalArgumentException("a secret must be encrypted before it is stored");
    };
  }
}

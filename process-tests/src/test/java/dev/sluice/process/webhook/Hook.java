package dev.sluice.process.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.process.Client;
import java.io.IOException;
import java.net.http.HttpResponse;

/// A subscription to all events whose destination is a receiver of the test.
///
/// @param name its name, which is also the path of its URL
/// @param port of its receiver
/// @param policy more members of its definition, such as `"timeout":"1s"`; may be empty
record Hook(String name, int port, String policy) {

  Hook(String name, Receiver receiver) {
    this(name, receiver.port(), "");
  }

  /// Stores it with a secret of its own.
  void create(Client client) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            "PUT",
            "/subscriptions/" + name,
            definition("\"secret\":\"" + Signing.secretOf(name) + "\""));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  /// Returns its definition.
  ///
  /// @param more further members of its destination; may be empty
  String definition(String more) {
    return "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:%d/%s\"%s}%s}"
        .formatted(port, name, member(more), member(policy));
  }

  private static String member(String text) {
    return text.isEmpty() ? "" : "," + text;
  }

  /// Returns what the service says of it.
  JsonNode read(Client client) throws IOException, InterruptedException {
    return client.json("/subscriptions/" + name);
  }
}

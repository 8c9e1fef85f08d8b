package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// A response of the service, with accessors for tests.
public record Answer(int status, HttpHeaders headers, String body) {

  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  public static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  public JsonNode json() {
    return read(body);
  }

  public static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /// Returns a top-level member as text; empty when absent.
  public String text(String member) {
    return json().path(member).asText();
  }

  public String eventId() {
    return text("event_id");
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// Returns the places of all field problems: pointers, parameters and headers.
  List<String> pointers() {
    List<String> pointers = new ArrayList<>();
    json().path("errors").forEach(error -> pointers.add(place(error)));
    return pointers;
  }

  private static String place(JsonNode error) {
    return List.of("pointer", "parameter", "header").stream()
        .filter(error::has)
        .map(name -> error.path(name).asText())
        .collect(java.util.stream.Collectors.joining(" "));
  }

  /// Asserts that it is a complete problem with this status and code.
  public Answer isProblem(int expectedStatus, String code) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(text("code")).as(body).isEqualTo(code);
    assertThat(json().path("status").asInt()).isEqualTo(expectedStatus);
    assertThat(text("type")).isEqualTo("urn:sluice:problem:" + code);
    assertThat(text("title")).isNotBlank();
    assertThat(text("detail")).isNotBlank();
    assertThat(text("request_id")).isNotBlank().isEqualTo(header("x-request-id"));
    return this;
  }

  public Answer hasStatus(int expected) {
    assertThat(status).as(body).isEqualTo(expected);
    return this;
  }
}

package dev.sluice.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.domain.delivery.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The text form in which storages keep a response: JSON whose members a later version may extend.
/// Times are nanoseconds.
public final class ResponseCodec {

  private static final String URL = "url";
  private static final String STATUS = "status";
  private static final String HEADERS = "headers";
  private static final String BODY = "body";
  private static final String CUT = "cut";
  private static final String RESOLVE = "resolve";
  private static final String CONNECT = "connect";
  private static final String TLS = "tls";
  private static final String FIRST_BYTE = "first_byte";
  private static final String TOTAL = "total";

  private ResponseCodec() {}

  /// Returns the text of a response.
  public static String encode(Response response) {
    return new String(Json.write(json -> write(json, response)), StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, Response response) throws IOException {
    json.writeStartObject();
    json.writeStringField(URL, response.url());
    json.writeNumberField(STATUS, response.status());
    if (!response.headers().isEmpty()) {
      json.writeObjectFieldStart(HEADERS);
      for (Map.Entry<String, String> header : response.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
    }
    if (!response.body().isEmpty()) {
      json.writeStringField(BODY, response.body());
    }
    if (response.isCut()) {
      json.writeBooleanField(CUT, true);
    }
    Response.Times times = response.times();
    write(json, RESOLVE, times.resolve());
    write(json, CONNECT, times.connect());
    write(json, TLS, times.tls());
    write(json, FIRST_BYTE, times.firstByte());
    json.writeNumberField(TOTAL, times.total().toNanos());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Optional<Duration> time)
      throws IOException {
    if (time.isPresent()) {
      json.writeNumberField(name, time.get().toNanos());
    }
  }

  /// Returns the response with this text. Unknown members are ignored.
  ///
  /// @return empty when the text is damaged: the attempt can still be shown
  public static Optional<Response> decode(String text) {
    try (JsonParser json = Json.document(text.getBytes(StandardCharsets.UTF_8))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Members members = members(json);
      Json.requireEnd(json);
      return Optional.of(members.response());
    } catch (IOException | MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /// The members of a stored response.
  private record Members(
      Map<String, String> texts,
      Map<String, Long> numbers,
      Map<String, String> headers,
      boolean isCut) {

    Response response() {
      return new Response(
          texts.getOrDefault(URL, ""),
          numbers.getOrDefault(STATUS, 0L).intValue(),
          headers,
          texts.getOrDefault(BODY, ""),
          isCut,
          new Response.Times(
              time(RESOLVE),
              time(CONNECT),
              time(TLS),
              time(FIRST_BYTE),
              time(TOTAL).orElse(Duration.ZERO)));
    }

    private Optional<Duration> time(String name) {
      return Optional.ofNullable(numbers.get(name)).map(Duration::ofNanos);
    }
  }

  private static Members members(JsonParser json) throws IOException {
    // In their order, which that of headers is.
    var texts = new LinkedHashMap<String, String>();
    var numbers = new HashMap<String, Long>();
    Map<String, String> headers = Map.of();
    boolean isCut = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case VALUE_STRING -> texts.put(name, json.getText());
        case VALUE_NUMBER_INT -> numbers.put(name, json.getLongValue());
        case VALUE_TRUE -> isCut = isCut || name.equals(CUT);
        case START_OBJECT -> {
          Map<String, String> inner = members(json).texts();
          headers = name.equals(HEADERS) ? inner : headers;
        }
        case null, default -> json.skipChildren();
      }
    }
    return new Members(texts, numbers, headers, isCut);
  }
}

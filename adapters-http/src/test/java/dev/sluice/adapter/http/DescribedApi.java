package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The API as `openapi.json` describes it; compares responses with it.
public final class DescribedApi {

  /// Helidon's own probes: in the document, but not among our routes.
  public static final List<String> PROBES =
      List.of(
          "GET /observe/health",
          "GET /observe/health/live",
          "GET /observe/health/ready",
          "GET /observe/health/started");

  private static final String NAME = "urn:sluice:openapi";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /// Headers that any response may have.
  private static final Set<String> USUAL_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "date",
          "transfer-encoding",
          "cache-control",
          "content-encoding",
          "vary",
          "x-content-type-options");

  private final JsonNode document;
  private final SchemaRegistry schemas;

  private DescribedApi(String text) {
    document = Answer.read(text);
    schemas =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(), registry -> registry.schemas(Map.of(NAME, text)));
  }

  public static DescribedApi read() {
    try (InputStream in =
        Objects.requireNonNull(DescribedApi.class.getResourceAsStream("openapi.json"))) {
      return new DescribedApi(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read openapi.json", e);
    }
  }

  /// Returns the node at a JSON Pointer.
  public JsonNode at(String pointer) {
    return document.at(pointer);
  }

  /// Returns all operations, as `METHOD /path`.
  public List<String> operations() {
    var operations = new ArrayList<String>();
    for (var path : document.path("paths").properties()) {
      for (String name : names(path.getValue())) {
        if (METHODS.contains(name)) {
          operations.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    return operations;
  }

  /// Returns the names of an operation's parameters in a part of the request.
  public Set<String> parameters(String operation, String place) {
    var found = new TreeSet<String>();
    for (JsonNode parameter : at(pointerTo(operation) + "/parameters")) {
      JsonNode resolved = resolve(parameter);
      if (resolved.path("in").asText().equals(place)) {
        found.add(resolved.path("name").asText());
      }
    }
    return found;
  }

  /// Returns the pointer to an operation.
  public static String pointerTo(String operation) {
    int space = operation.indexOf(' ');
    return "/paths/"
        + escape(operation.substring(space + 1))
        + "/"
        + operation.substring(0, space).toLowerCase(Locale.ROOT);
  }

  /// Returns the pointer to the response of an operation with this status.
  String responsePointer(String operation, int status) {
    String responses = pointerTo(operation) + "/responses/";
    String own = responses + status;
    return target(at(own).isMissingNode() ? responses + "default" : own);
  }

  /// Asserts that the response has this status, and this code if any, and matches its description.
  Answer requireDescribed(String operation, Answer answer, int status, String code) {
    answer.hasStatus(status);
    if (!code.isEmpty()) {
      answer.isProblem(status, code);
    }
    assertThat(complaints(operation, answer))
        .as(operation + " answered " + answer.body())
        .isEmpty();
    return answer;
  }

  /// Returns the differences between a response and its description.
  List<String> complaints(String operation, Answer answer) {
    String pointer = responsePointer(operation, answer.status());
    var complaints = new ArrayList<String>(headerComplaints(at(pointer + "/headers"), answer));
    String mediaType = answer.header("Content-Type").split(";", -1)[0];
    String content = pointer + "/content/" + escape(mediaType);
    if (at(content).isMissingNode()) {
      complaints.add("media type " + mediaType + " is not described");
    } else if (mediaType.endsWith("json") && !answer.body().isEmpty()) {
      complaints.addAll(schemaComplaints(content + "/schema", answer.body()));
    }
    return complaints;
  }

  private List<String> headerComplaints(JsonNode described, Answer answer) {
    var complaints = new ArrayList<String>();
    var known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (var header : described.properties()) {
      known.add(header.getKey());
      boolean isRequired = resolve(header.getValue()).path("required").asBoolean();
      if (isRequired && answer.header(header.getKey()).isEmpty()) {
        complaints.add("header " + header.getKey() + " is missing");
      }
    }
    for (String name : answer.headers().map().keySet()) {
      if (!known.contains(name) && !USUAL_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        complaints.add("header " + name + " is not described");
      }
    }
    return complaints;
  }

  /// Returns the differences between a JSON text and the schema at a pointer.
  public List<String> schemaComplaints(String pointer, String json) {
    return schemas
        .getSchema(SchemaLocation.of(NAME + "#" + pointer))
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? at(node.path("$ref").asText().substring(1)) : node;
  }

  private String target(String pointer) {
    String reference = at(pointer).path("$ref").asText();
    return reference.isEmpty() ? pointer : reference.substring(1);
  }

  public static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

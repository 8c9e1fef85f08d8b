package dev.sluice.adapter.http;

import dev.sluice.format.FieldProblem;
import dev.sluice.format.ShownText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The query of a request, checked strictly: unknown parameters are rejected, so that a misspelt
/// filter never returns everything.
public final class QueryParameters {

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Parses a query.
  ///
  /// @param rawQuery the text after the question mark, still encoded; may be empty
  /// @param known the names of the known parameters
  /// @throws ProblemException when a parameter is unknown or not encoded properly
  public static QueryParameters parse(String rawQuery, Set<String> known) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw invalid(shorten(name), "is unknown; " + describe(known));
      }
      values
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return new QueryParameters(values);
  }

  private static String describe(Set<String> known) {
    return known.isEmpty()
        ? "this call takes no parameters"
        : "known are " + String.join(", ", known.stream().sorted().toList());
  }

  /// Returns the values of a parameter that may be repeated.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// Returns the value of a parameter that may be given at most once.
  ///
  /// @throws ProblemException when it is given more often
  public Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw invalid(name, "may be given only once");
    }
    return given.stream().findFirst();
  }

  /// Returns the query with another value of one parameter, encoded.
  public String with(String name, String value) {
    var changed = new LinkedHashMap<>(values);
    changed.put(name, List.of(value));
    return changed.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream().map(one -> encode(entry.getKey()) + "=" + encode(one)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public static ProblemException invalid(String name, String detail) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_QUERY,
            "Query parameter " + name + " " + detail + ".",
            List.of(FieldProblem.parameter(name, detail))));
  }

  private static String decode(String text) {
    return PercentDecoder.decodeQuery(text)
        .orElseThrow(() -> invalid(shorten(text), PercentDecoder.RULE));
  }

  private static String shorten(String text) {
    return ShownText.of(text, 60);
  }
}

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

/// The query of a request, checked strictly: what is not known is refused, so that a misspelt
/// filter never shows everything.
public final class QueryParameters {

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// Takes a query apart.
  ///
  /// @param rawQuery what stands behind the question mark, still encoded; may be empty
  /// @param known the parameters there are
  /// @throws ProblemException when one is not known or not encoded properly
  public static QueryParameters parse(String rawQuery, Set<String> known) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw invalid(shorten(name), "is not known here; " + describe(known));
      }
      values
          .computeIfAbsent(name, _ -> new ArrayList<>())
          .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return new QueryParameters(values);
  }

  private static String describe(Set<String> known) {
    return known.isEmpty()
        ? "this call takes none"
        : "known are " + String.join(", ", known.stream().sorted().toList());
  }

  /// The values of a parameter that may be repeated.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The value of a parameter that may be given once.
  ///
  /// @throws ProblemException when it is given more often
  public Optional<String> one(String name) {
    List<String> given = all(name);
    if (given.size() > 1) {
      throw invalid(name, "may be given only once");
    }
    return given.stream().findFirst();
  }

  /// The same query with another value of one parameter, encoded.
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
            "query parameter " + name + " " + detail,
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

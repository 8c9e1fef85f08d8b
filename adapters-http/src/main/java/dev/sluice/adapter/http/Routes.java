package dev.sluice.adapter.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the route of a request. It replaces Helidon's routing for three reasons: a known path with
/// another method is 405 with `Allow`, HEAD follows GET, and an id in the path may contain an
/// encoded slash.
public final class Routes {

  private static final String PLACEHOLDER = "{id}";

  /// The target of an OPTIONS request for the service as a whole (RFC 9110, 9.3.7).
  private static final String WHOLE_SERVICE = "*";

  private final Map<String, Map<String, Route>> byPath = new LinkedHashMap<>();
  private final List<String[]> withPlaceholder = new ArrayList<>();

  /// Handles a request.
  public interface Handler {
    void handle(Exchange exchange) throws IOException;
  }

  /// A route: one method on one path.
  ///
  /// @param name the name in logs and metrics, such as `POST /events`
  /// @param handler handles the requests
  /// @param isLimited whether the rate limit applies
  /// @param access who may call it
  public record Route(String name, Handler handler, boolean isLimited, Access access) {}

  /// The result of a search for a route.
  ///
  /// @param route the route; empty when the path or the method is unknown
  /// @param pathParameter the value of the placeholder
  /// @param allowed without a route: the methods of the path, for `Allow`; empty when the path is
  ///   unknown
  public record Found(Optional<Route> route, String pathParameter, String allowed) {

    /// Returns a result without a route, for an unknown method.
    public static Found other(String allowed) {
      return new Found(Optional.empty(), "", allowed);
    }
  }

  /// Adds a route to which the rate limit applies.
  public Routes add(String method, String path, Access access, Handler handler) {
    return add(method, path, new Route(method + " " + path, handler, true, access));
  }

  /// Adds a route for monitoring, to which the rate limit does not apply.
  public Routes addUnlimited(String method, String path, Access access, Handler handler) {
    return add(method, path, new Route(method + " " + path, handler, false, access));
  }

  private Routes add(String method, String path, Route route) {
    if (path.contains(PLACEHOLDER) && !byPath.containsKey(path)) {
      withPlaceholder.add(path.split("/", -1));
    }
    byPath.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(method, route);
    return this;
  }

  /// Returns the names of all routes, as `METHOD /path`.
  public List<String> names() {
    return byPath.values().stream()
        .flatMap(methods -> methods.values().stream())
        .map(Route::name)
        .toList();
  }

  /// Finds the route of a request.
  ///
  /// @param rawPath the path as it was sent, still encoded
  public Found find(String method, String rawPath) {
    if (rawPath.equals(WHOLE_SERVICE)) {
      return Found.other(allowed(everyMethod()));
    }
    Map<String, Route> methods = byPath.get(rawPath);
    if (methods != null && !rawPath.contains(PLACEHOLDER)) {
      return found(methods, method, "");
    }
    String[] segments = rawPath.split("/", -1);
    for (String[] pattern : withPlaceholder) {
      Optional<String> parameter = match(pattern, segments);
      if (parameter.isPresent()) {
        return found(pattern, method, parameter.get());
      }
    }
    return new Found(Optional.empty(), "", "");
  }

  private Map<String, Route> everyMethod() {
    Map<String, Route> every = new LinkedHashMap<>();
    byPath.values().forEach(every::putAll);
    return every;
  }

  /// @param parameter the value of the placeholder, still encoded
  private Found found(String[] pattern, String method, String parameter) {
    Map<String, Route> known = byPath.getOrDefault(String.join("/", pattern), Map.of());
    return PercentDecoder.decode(parameter)
        .map(decoded -> found(known, method, decoded))
        .orElseGet(() -> undecodable(found(known, method, "")));
  }

  private static Found found(Map<String, Route> methods, String method, String parameter) {
    Route route = methods.get(method.equals("HEAD") ? "GET" : method);
    return route == null
        ? new Found(Optional.empty(), parameter, allowed(methods))
        : new Found(Optional.of(route), parameter, "");
  }

  private static String allowed(Map<String, Route> methods) {
    var allowed = new TreeSet<>(methods.keySet());
    allowed.add("OPTIONS");
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
  }

  private static Optional<String> match(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return Optional.empty();
    }
    String parameter = "";
    for (int index = 0; index < pattern.length; index++) {
      if (pattern[index].equals(PLACEHOLDER)) {
        parameter = segments[index];
      } else if (!pattern[index].equals(segments[index])) {
        return Optional.empty();
      }
    }
    return parameter.isEmpty() ? Optional.empty() : Optional.of(parameter);
  }

  /// Keeps the route, so that rate limit, access and metrics stay the same.
  private static Found undecodable(Found found) {
    return new Found(
        found
            .route()
            .map(
                route ->
                    new Route(route.name(), Routes::refusePath, route.isLimited(), route.access())),
        "",
        found.allowed());
  }

  private static void refusePath(Exchange exchange) {
    exchange.problem(
        Problem.of(ProblemCode.BAD_REQUEST, "The id in the path " + PercentDecoder.RULE + "."));
  }
}

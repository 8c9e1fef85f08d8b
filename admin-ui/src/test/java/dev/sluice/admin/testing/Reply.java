package dev.sluice.admin.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a fake service answers.
///
/// @param cut whether the connection breaks in the middle of the body
/// @param drip whether the body comes byte by byte and never ends
public record Reply(
    int status, Map<String, String> headers, String body, boolean cut, boolean drip) {

  /// Success with a JSON text.
  public static Reply json(String body) {
    return new Reply(200, Map.of("Content-Type", "application/json"), body, false, false);
  }

  /// A problem document.
  public static Reply problem(int status, String code, String detail) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"type":"urn:sluice:problem:%s","title":"%s","status":%d,"detail":"%s","code":"%s",
         "request_id":"r-1"}"""
            .formatted(code, code, status, detail, code),
        false,
        false);
  }

  /// Any text, said to be JSON.
  public static Reply garbage(String body) {
    return json(body);
  }

  /// The same with another header.
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, cut, drip);
  }

  /// The same with another status.
  public Reply withStatus(int other) {
    return new Reply(other, headers, body, cut, drip);
  }

  /// The same, broken off in the middle.
  public Reply cutOff() {
    return new Reply(status, headers, body, true, drip);
  }

  /// The same, so slow that it never ends.
  public Reply dripping() {
    return new Reply(status, headers, body, cut, true);
  }
}

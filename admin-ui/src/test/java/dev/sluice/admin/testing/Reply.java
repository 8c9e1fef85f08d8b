package dev.sluice.admin.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/// A reply of the fake service.
///
/// @param cut whether the connection ends in the middle of the body
/// @param drip whether the body arrives byte by byte and never ends
public record Reply(
    int status, Map<String, String> headers, String body, boolean cut, boolean drip) {

  /// Returns a success with a JSON body.
  public static Reply json(String body) {
    return new Reply(200, Map.of("Content-Type", "application/json"), body, false, false);
  }

  /// Returns a problem document.
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

  /// Returns any text, declared as JSON.
  public static Reply garbage(String body) {
    return json(body);
  }

  /// Returns a copy with another header.
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, cut, drip);
  }

  /// Returns a copy with another status.
  public Reply withStatus(int other) {
    return new Reply(other, headers, body, cut, drip);
  }

  /// Returns a copy that ends in the middle of the body.
  public Reply cutOff() {
    return new Reply(status, headers, body, true, drip);
  }

  /// Returns a copy whose body never ends.
  public Reply dripping() {
    return new Reply(status, headers, body, cut, true);
  }
}

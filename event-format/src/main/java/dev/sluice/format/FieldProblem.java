package dev.sluice.format;

/// A problem with one part of a request.
///
/// @param place the part of the request that contains it
/// @param name a JSON Pointer (RFC 6901) into the body, or the name of a header or query parameter
/// @param detail what is wrong, and how to fix it
public record FieldProblem(Place place, String name, String detail) {

  /// Parts of a request.
  public enum Place {
    BODY("pointer"),
    QUERY("parameter"),
    HEADER("header");

    private final String wireName;

    Place(String wireName) {
      this.wireName = wireName;
    }

    /// Returns the member of the response that holds the name.
    public String wireName() {
      return wireName;
    }
  }

  /// Creates a problem in the body, or in a header that stands for a member of it: CloudEvents
  /// attributes come as both. A JSON Pointer begins with a slash or is empty.
  public FieldProblem(String name, String detail) {
    this(name.isEmpty() || name.startsWith("/") ? Place.BODY : Place.HEADER, name, detail);
  }

  public static FieldProblem parameter(String name, String detail) {
    return new FieldProblem(Place.QUERY, name, detail);
  }

  public static FieldProblem header(String name, String detail) {
    return new FieldProblem(Place.HEADER, name, detail);
  }
}

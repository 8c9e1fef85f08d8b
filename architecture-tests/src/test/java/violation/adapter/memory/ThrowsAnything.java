package violation.adapter.memory;

/// Throws an unspecific exception.
final class ThrowsAnything {

  void fail() {
    throw new RuntimeException("Seeded violation");
  }
}

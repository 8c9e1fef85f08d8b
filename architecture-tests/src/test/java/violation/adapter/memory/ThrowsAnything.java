package violation.adapter.memory;

/// An exception that says nothing.
final class ThrowsAnything {

  void fail() {
    throw new RuntimeException("Seeded violation");
  }
}

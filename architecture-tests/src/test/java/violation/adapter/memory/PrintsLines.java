package violation.adapter.memory;

/// An adapter prints outside the log.
public final class PrintsLines {

  void print() {
    System.out.println("Seeded violation");
  }
}

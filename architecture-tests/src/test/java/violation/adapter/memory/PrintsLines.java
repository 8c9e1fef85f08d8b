package violation.adapter.memory;

/// An adapter writes beside the log.
public final class PrintsLines {

  void print() {
    System.out.println("Seeded violation");
  }
}

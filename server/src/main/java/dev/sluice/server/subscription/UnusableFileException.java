package dev.sluice.server.subscription;

import org.snakeyaml.engine.v2.nodes.Node;

/// Thrown when a file cannot be read as a whole, so that its parts are not looked at.
final class UnusableFileException extends RuntimeException {

  /// @param problem what is wrong, with the line if it is known
  UnusableFileException(String problem) {
    super(problem);
  }

  static UnusableFileException at(Node node, String problem) {
    return new UnusableFileException(
        node.getStartMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
            + problem);
  }
}

package dev.sluice.server.subscription;

import java.util.List;

/// Thrown when a file that declares subscriptions is wrong; names every problem with it.
public final class DeclaredFileException extends RuntimeException {

  private final transient List<String> problems;

  DeclaredFileException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// Returns one line for each problem: file, line or pointer, and what is wrong.
  public List<String> problems() {
    return problems;
  }
}

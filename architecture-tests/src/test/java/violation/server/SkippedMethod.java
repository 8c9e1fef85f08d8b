package violation.server;

import org.junit.jupiter.api.Disabled;

/// A test that never runs. The class name keeps Surefire from running it.
public final class SkippedMethod {

  @Disabled
  void isSkipped() {}
}

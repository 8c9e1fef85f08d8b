package violation.server;

import org.junit.jupiter.api.Disabled;

/// A test that never runs. The name of its class keeps it from being run as one.
public final class SkippedMethod {

  @Disabled
  void isSkipped() {}
}

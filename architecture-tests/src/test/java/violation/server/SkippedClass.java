package violation.server;

import org.junit.jupiter.api.Disabled;

/// Tests that never run. The class name keeps Surefire from running them.
@Disabled
public final class SkippedClass {}

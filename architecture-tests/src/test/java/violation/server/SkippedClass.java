package violation.server;

import org.junit.jupiter.api.Disabled;

/// Tests that never run. Its name keeps it from being run as tests.
@Disabled
public final class SkippedClass {}

package violation.adapter.memory;

import violation.domain.schedule.ScheduleStore;

/// Implements a port outside the port package without a contract test.
public final class UntestedScheduleStore implements ScheduleStore {}

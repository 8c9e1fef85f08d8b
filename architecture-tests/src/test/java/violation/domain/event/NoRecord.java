package violation.domain.event;

/// A value of the domain that is not a record.
public final class NoRecord {}

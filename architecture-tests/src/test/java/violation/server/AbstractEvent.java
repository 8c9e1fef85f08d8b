package violation.server;

/// A name that says how and not what.
public abstract class AbstractEvent {}

package violation.server;

/// A name that describes the implementation, not the purpose.
public abstract class AbstractEvent {}

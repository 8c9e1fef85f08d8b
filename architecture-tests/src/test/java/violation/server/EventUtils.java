package violation.server;

/// A name that says nothing.
public final class EventUtils {}

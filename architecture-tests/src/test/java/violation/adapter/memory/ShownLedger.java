package violation.adapter.memory;

/// An inner part of an adapter that anybody can use.
public final class ShownLedger {}

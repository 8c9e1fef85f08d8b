package violation.adapter.memory;

/// An internal class of an adapter that is public.
public final class ShownLedger {}

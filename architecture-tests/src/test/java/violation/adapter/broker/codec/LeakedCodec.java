package violation.adapter.broker.codec;

/// A type of a sub-package that the server uses.
public final class LeakedCodec {}

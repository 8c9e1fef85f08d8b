package violation.adapter.broker.codec;

/// A public type that no other package of its adapter uses.
public final class LonelyCodec {}

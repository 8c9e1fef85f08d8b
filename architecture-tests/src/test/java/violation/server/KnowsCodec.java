package violation.server;

import violation.adapter.broker.codec.LeakedCodec;

/// The server depends on an internal class of an adapter.
public record KnowsCodec(LeakedCodec codec) {}

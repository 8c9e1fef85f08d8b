package violation.server;

import violation.adapter.broker.codec.LeakedCodec;

/// The server depends on a part inside an adapter.
public record KnowsCodec(LeakedCodec codec) {}

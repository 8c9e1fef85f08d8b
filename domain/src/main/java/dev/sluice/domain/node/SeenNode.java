package dev.sluice.domain.node;

import java.time.Instant;

/// A node as it last reported.
///
/// @param report what it said
/// @param lastSeen when
public record SeenNode(NodeReport report, Instant lastSeen) {}

package dev.sluice.domain.node;

import java.time.Instant;

/// A node as it last reported.
///
/// @param report the report
/// @param lastSeen when it reported
public record SeenNode(NodeReport report, Instant lastSeen) {}

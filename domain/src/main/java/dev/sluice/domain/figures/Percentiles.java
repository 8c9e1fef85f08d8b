package dev.sluice.domain.figures;

import java.time.Duration;

/// Percentiles of a duration that was measured many times.
public record Percentiles(Duration p50, Duration p95, Duration p99) {}

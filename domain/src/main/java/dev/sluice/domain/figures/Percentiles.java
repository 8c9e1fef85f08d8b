package dev.sluice.domain.figures;

import java.time.Duration;

/// How long something took that was measured often.
public record Percentiles(Duration p50, Duration p95, Duration p99) {}

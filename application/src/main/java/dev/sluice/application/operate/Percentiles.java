package dev.sluice.application.operate;

import java.time.Duration;

/// How long something took, over the last one to two minutes.
public record Percentiles(Duration p50, Duration p95, Duration p99) {}

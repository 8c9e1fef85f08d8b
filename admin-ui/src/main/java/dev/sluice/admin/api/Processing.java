package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// Processing on all nodes together.
///
/// @param paused null while processing runs
public record Processing(@Nullable Pause paused, int slots, int inFlight) {}

package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// The work of all nodes as a whole.
///
/// @param paused null while it runs
public record Processing(@Nullable Pause paused, int slots, int inFlight) {}

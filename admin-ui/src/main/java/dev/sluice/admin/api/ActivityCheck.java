package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// Result of verifying the hash chain of the activity log.
///
/// @param brokenAt number of the first entry that does not match; null if the log is intact
public record ActivityCheck(
    boolean intact, long entries, long first, long last, @Nullable Long brokenAt) {}

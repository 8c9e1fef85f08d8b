package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// Whether the record of what operators did is as it was written.
///
/// @param brokenAt number of the first entry that is not
public record ActivityCheck(
    boolean intact, long entries, long first, long last, @Nullable Long brokenAt) {}

package dev.sluice.domain.port;

/// The number of events in a part of the list that pass a filter.
///
/// @param events number of events
/// @param next where the part ends, [Cursor#END] when nothing follows
public record EventCount(long events, Cursor next) {}

package dev.sluice.domain.port;

/// How many events of a part of the list were chosen.
///
/// @param events how many
/// @param next where the part ends, [Cursor#END] when nothing follows
public record EventCount(long events, Cursor next) {}

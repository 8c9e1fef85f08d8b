package dev.sluice.domain.figures;

import java.util.OptionalLong;

/// How a storage stands with its disk.
///
/// @param isFull whether it refuses new events because there is no room, or what is left is needed
///   for other things
/// @param logBytes how large its write-ahead log is, where it has the disk to itself
public record DiskReport(boolean isFull, OptionalLong logBytes) {}

package dev.sluice.domain.figures;

import java.util.OptionalLong;

/// The state of a storage's disk.
///
/// @param isFull whether the storage rejects new events because there is no room, or what is left
///   is needed for other purposes
/// @param logBytes size of its write-ahead log, if the storage has the disk to itself
public record DiskReport(boolean isFull, OptionalLong logBytes) {}

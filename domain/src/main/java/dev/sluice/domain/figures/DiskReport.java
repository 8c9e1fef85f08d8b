package dev.sluice.domain.figures;

/// How a storage stands with the disk that it has to itself.
///
/// @param isFull whether it refuses new events because what is left is needed for other things
/// @param logBytes how large its write-ahead log is
public record DiskReport(boolean isFull, long logBytes) {}

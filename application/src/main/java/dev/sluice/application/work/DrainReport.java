package dev.sluice.application.work;

/// What became of the work under way when a node stopped.
///
/// @param finished attempts that came to an end by themselves while the node waited
/// @param handedBack attempts that were broken off and whose deliveries wait again
/// @param stuck attempts whose handler did not react to the interruption, handed back or settled
///   before
public record DrainReport(int finished, int handedBack, int stuck) {}

package dev.sluice.application.work;

/// What became of the work in progress when a node stopped.
///
/// @param finished attempts that ended by themselves while the node waited
/// @param handedBack deliveries that are due again: their attempts were interrupted or had not
///   started
/// @param stuck attempts whose handler ignored the interrupt; they were handed back or settled
///   before
public record DrainReport(int finished, int handedBack, int stuck) {}

package dev.sluice.application;

import dev.sluice.application.work.DrainReport;
import dev.sluice.domain.figures.Totals;

/// How a node stopped.
///
/// @param meanwhile what came to an end while the node was stopping
/// @param drain what became of the attempts under way
/// @param left deliveries that are not finished; whether they are lost depends on the storage's
///   durability
public record StopReport(Totals meanwhile, DrainReport drain, long left) {}

package dev.sluice.application;

import dev.sluice.application.work.DrainReport;
import dev.sluice.domain.figures.Totals;

/// The result of stopping a node.
///
/// @param meanwhile what finished while the node was stopping
/// @param drain what became of the running attempts
/// @param left unfinished deliveries; whether they are lost depends on the storage's durability
public record StopReport(Totals meanwhile, DrainReport drain, long left) {}

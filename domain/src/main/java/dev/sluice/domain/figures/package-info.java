/// Figures of nodes, which can be added up, and of slices of time.
@NullMarked
package dev.sluice.domain.figures;

import org.jspecify.annotations.NullMarked;

/// Tests of the packaged programs as processes of their own: they know of the product what its
/// users know, no class of it.
@NullMarked
package dev.sluice.process;

import org.jspecify.annotations.NullMarked;

/// The rules that hold the shape of Sluice, and the proof that each of them can fail.
@NullMarked
package dev.sluice.architecture;

import org.jspecify.annotations.NullMarked;

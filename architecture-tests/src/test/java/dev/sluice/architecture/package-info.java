/// The architecture rules of Sluice, and the proof that each of them can fail.
@NullMarked
package dev.sluice.architecture;

import org.jspecify.annotations.NullMarked;

/// The wall clock, the monotonic counter, and limits on time.
@NullMarked
package dev.sluice.domain.time;

import org.jspecify.annotations.NullMarked;

/// What time it is, and how much of it has passed.
@NullMarked
package dev.sluice.domain.time;

import org.jspecify.annotations.NullMarked;

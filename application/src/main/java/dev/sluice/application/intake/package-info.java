/// Takes events in: routing, admission, duplicates.
@NullMarked
package dev.sluice.application.intake;

import org.jspecify.annotations.NullMarked;

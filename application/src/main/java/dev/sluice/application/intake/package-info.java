/// Event intake: routing, admission and duplicates.
@NullMarked
package dev.sluice.application.intake;

import org.jspecify.annotations.NullMarked;

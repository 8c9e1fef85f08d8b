/// Events and the values they consist of.
@NullMarked
package dev.sluice.domain.event;

import org.jspecify.annotations.NullMarked;

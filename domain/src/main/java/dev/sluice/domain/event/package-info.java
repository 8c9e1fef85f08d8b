/// What a producer sent: the event and the values it is made of.
@NullMarked
package dev.sluice.domain.event;

import org.jspecify.annotations.NullMarked;

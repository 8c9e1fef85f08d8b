/// What destinations outside need before a subscription to them is stored.
@NullMarked
package dev.sluice.domain.destination;

import org.jspecify.annotations.NullMarked;

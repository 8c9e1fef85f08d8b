/// Deliveries of one event for one subscription: states, attempts, leases and outcomes.
@NullMarked
package dev.sluice.domain.delivery;

import org.jspecify.annotations.NullMarked;

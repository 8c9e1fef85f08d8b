/// One event on its way through one subscription: states, attempts, leases and outcomes.
@NullMarked
package dev.sluice.domain.delivery;

import org.jspecify.annotations.NullMarked;

/// Processes deliveries: claims them, runs handlers with a deadline, settles outcomes, extends and
/// reclaims leases.
@NullMarked
package dev.sluice.application.work;

import org.jspecify.annotations.NullMarked;

/// Which events are delivered to which handlers, and how failed deliveries are retried.
@NullMarked
package dev.sluice.domain.subscription;

import org.jspecify.annotations.NullMarked;

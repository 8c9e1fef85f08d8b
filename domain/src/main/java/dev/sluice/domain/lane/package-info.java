/// Lanes: the deliveries of one key in one ordered subscription.
@NullMarked
package dev.sluice.domain.lane;

import org.jspecify.annotations.NullMarked;

/// Lanes of ordered subscriptions, as both databases store them.
@NullMarked
package dev.sluice.adapter.jdbc.lane;

import org.jspecify.annotations.NullMarked;

/// Tests of subscriptions: what one would do with an event that is not stored.
@NullMarked
package dev.sluice.application.sample;

import org.jspecify.annotations.NullMarked;

/// Subscriptions, keys and the activity log in Redis, with their text forms.
@NullMarked
package dev.sluice.adapter.broker.store;

import org.jspecify.annotations.NullMarked;

/// Encrypts what subscriptions need to keep secret, so that a copy of the storage does not reveal
/// it.
@NullMarked
package dev.sluice.adapter.webhook.secret;

import org.jspecify.annotations.NullMarked;

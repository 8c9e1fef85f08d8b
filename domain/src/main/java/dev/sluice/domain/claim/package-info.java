/// How a claim is divided among subscriptions: what the storages that search for due deliveries
/// share.
@NullMarked
package dev.sluice.domain.claim;

import org.jspecify.annotations.NullMarked;

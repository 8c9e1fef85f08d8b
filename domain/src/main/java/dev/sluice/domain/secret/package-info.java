/// Secrets that subscriptions keep, such as signing keys and credentials.
@NullMarked
package dev.sluice.domain.secret;

import org.jspecify.annotations.NullMarked;

/// Decides which subscriptions an event goes to.
@NullMarked
package dev.sluice.application.routing;

import org.jspecify.annotations.NullMarked;

/// Renders events as the bodies of webhooks.
@NullMarked
package dev.sluice.format.webhook;

import org.jspecify.annotations.NullMarked;

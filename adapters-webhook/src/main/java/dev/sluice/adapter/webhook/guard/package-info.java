/// Decides which addresses may be connected to.
@NullMarked
package dev.sluice.adapter.webhook.guard;

import org.jspecify.annotations.NullMarked;

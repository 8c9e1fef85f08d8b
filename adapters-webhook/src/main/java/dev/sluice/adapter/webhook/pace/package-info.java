/// Decides how many requests a receiver gets at once, and when it gets none.
@NullMarked
package dev.sluice.adapter.webhook.pace;

import org.jspecify.annotations.NullMarked;

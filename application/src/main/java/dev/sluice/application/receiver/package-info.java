/// Pauses subscriptions whose receivers want no more events, or have failed for days.
@NullMarked
package dev.sluice.application.receiver;

import org.jspecify.annotations.NullMarked;

/// What a node knows about the subscriptions, and how operators change them.
@NullMarked
package dev.sluice.application.subscription;

import org.jspecify.annotations.NullMarked;

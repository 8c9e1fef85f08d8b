/// `sluice listen`: a small receiver of webhooks, to try subscriptions with.
@NullMarked
package dev.sluice.adapter.webhook.receiver;

import org.jspecify.annotations.NullMarked;

/// Signs requests and verifies signatures, as Standard Webhooks define them.
@NullMarked
package dev.sluice.adapter.webhook.signature;

import org.jspecify.annotations.NullMarked;

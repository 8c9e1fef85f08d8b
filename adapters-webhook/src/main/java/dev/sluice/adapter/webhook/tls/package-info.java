/// TLS to receivers with certificates of their own.
@NullMarked
package dev.sluice.adapter.webhook.tls;

import org.jspecify.annotations.NullMarked;

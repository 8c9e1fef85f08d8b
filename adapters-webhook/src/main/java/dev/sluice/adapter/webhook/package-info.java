/// Sends events to HTTP receivers: which addresses may be reached, how a request is signed and
/// sent, and what the answer means.
///
/// Nothing here trusts a receiver or the person who typed its URL. `AddressGuard` decides on the
/// bytes of the address that a socket connects to; `WebhookSender` bounds the time and the bytes of
/// each request.
@NullMarked
package dev.sluice.adapter.webhook;

import org.jspecify.annotations.NullMarked;

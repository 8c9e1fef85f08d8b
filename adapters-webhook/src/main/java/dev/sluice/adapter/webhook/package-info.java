/// Sends events to HTTP receivers: which addresses may be reached, how a request is signed and
/// sent, and what the response means.
///
/// Nothing here trusts a receiver or the person who typed its URL. Against server-side request
/// forgery (SSRF), `AddressGuard` decides on the bytes of the address that a socket connects to.
/// `WebhookSender` limits the time and the bytes of each request.
@NullMarked
package dev.sluice.adapter.webhook;

import org.jspecify.annotations.NullMarked;

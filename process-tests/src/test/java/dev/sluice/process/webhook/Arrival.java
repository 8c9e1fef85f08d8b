package dev.sluice.process.webhook;

/// A request that arrived at a receiver.
///
/// @param subscription the one that its URL names
/// @param webhookId its header `webhook-id`
/// @param attempt its header `webhook-attempt`
/// @param eventId the id in its body
/// @param isValid whether its signature is the one of the subscription
/// @param nanos when it was read, by the monotonic clock
record Arrival(
    String subscription,
    String webhookId,
    int attempt,
    String eventId,
    boolean isValid,
    long nanos) {}

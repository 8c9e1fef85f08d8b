package dev.sluice.admin.api;

/// A subscription with the entity tag of its version, which names it in a change.
public record StoredSubscription(Subscription subscription, String tag) {}

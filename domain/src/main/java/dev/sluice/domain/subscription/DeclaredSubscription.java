package dev.sluice.domain.subscription;

/// A subscription as a file declares it.
///
/// @param name its name
/// @param definition which events, where to, and how
public record DeclaredSubscription(SubscriptionName name, SubscriptionDefinition definition) {}

package dev.sluice.domain.port;

import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.schedule.ScheduleStore;

/// All ports of one storage, as the application needs them.
///
/// @param storage events and their deliveries
/// @param pauses pauses of subscriptions, or of all processing
/// @param nodes the nodes that share the storage
/// @param changes carries changes between the nodes
/// @param activity the activity log
/// @param keys the API keys
/// @param series the history of figures
/// @param subscriptions the subscriptions
/// @param rateTokens the token buckets of subscriptions with a rate limit
/// @param schedules the schedules of recurring events
public record StoragePorts(
    Storage storage,
    PauseStore pauses,
    NodeRegistry nodes,
    ChangeFeed changes,
    ActivityLog activity,
    KeyStore keys,
    SeriesStore series,
    SubscriptionStore subscriptions,
    RateTokens rateTokens,
    ScheduleStore schedules) {}

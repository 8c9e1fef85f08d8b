package dev.sluice.application;

import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.operate.BackfillOperations;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.LaneOperations;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.recurring.ManageSchedules;
import dev.sluice.application.sample.TestSubscriptions;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Optional;
import java.util.function.Function;

/// The use cases of a node that adapters call.
///
/// @param intake accepts events from producers, if the node's role does
/// @param storageIntake accepts events that other programs put into the storage, whatever the role
/// @param browse reads events and counts
/// @param control replays, cancels and discards single events
/// @param bulk does the same to all events that a filter chooses
/// @param backfills plans deliveries of stored events for one subscription
/// @param subscriptions what this node knows about the subscriptions
/// @param pauses pauses and resumes processing
/// @param explanations explains why events have their current status
/// @param statistics totals, rates and latencies of this node
/// @param figures counts, rates and history of all nodes
/// @param changes changes as they happen, for watchers
/// @param activity the activity log
/// @param callers authenticates callers
/// @param keys creates, lists and revokes keys
/// @param retries the retry policy in force for a subscription
/// @param defaultRetries that of subscriptions without their own
/// @param manageSubscriptions creates, replaces and deletes subscriptions
/// @param receivers how this node treats the receiver of a subscription, if it has one
/// @param testSubscriptions shows what a subscription would do with an event
/// @param schedules shows, creates, replaces and deletes schedules
/// @param lanes shows lanes and decides about their heads
public record UseCases(
    IngestEvents intake,
    IngestEvents storageIntake,
    BrowseEvents browse,
    ControlEvents control,
    BulkOperations bulk,
    BackfillOperations backfills,
    SubscriptionCache subscriptions,
    Pauses pauses,
    Explanations explanations,
    Statistics statistics,
    Figures figures,
    ChangeLog changes,
    Activity activity,
    AuthenticateCallers callers,
    ManageKeys keys,
    Function<SubscriptionName, RetryPolicy> retries,
    RetryPolicy defaultRetries,
    ManageSubscriptions manageSubscriptions,
    Function<SubscriptionName, Optional<ReceiverView>> receivers,
    TestSubscriptions testSubscriptions,
    ManageSchedules schedules,
    LaneOperations lanes) {}

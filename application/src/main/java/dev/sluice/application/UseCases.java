package dev.sluice.application;

import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.operate.BrowseEvents;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.ControlEvents;
import dev.sluice.application.operate.Explanations;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.stream.ChangeLog;
import dev.sluice.application.work.Pauses;
import dev.sluice.domain.port.SubscriptionStore;

/// What adapters can ask of a node.
///
/// @param intake accepts events from producers, if the node's role does
/// @param storageIntake accepts events that other programs put into the storage, whatever the role
/// @param browse reads events and deliveries
/// @param control replays, cancels and discards single events
/// @param bulk does the same to all events that a filter chooses
/// @param subscriptions who wants which events
/// @param pauses pauses and resumes subscriptions
/// @param explanations explains why an event is where it is
/// @param statistics what this node did
/// @param figures what all nodes did, and how many events there are
/// @param changes what happens, for clients that watch
/// @param activity what operators did
/// @param callers authenticates callers
/// @param keys lists, adds and revokes keys
public record UseCases(
    IngestEvents intake,
    IngestEvents storageIntake,
    BrowseEvents browse,
    ControlEvents control,
    BulkOperations bulk,
    SubscriptionStore subscriptions,
    Pauses pauses,
    Explanations explanations,
    Statistics statistics,
    Figures figures,
    ChangeLog changes,
    Activity activity,
    AuthenticateCallers callers,
    ManageKeys keys) {}

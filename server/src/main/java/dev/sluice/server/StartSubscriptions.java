package dev.sluice.server;

import dev.sluice.application.activity.Activity;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.application.subscription.ApplySubscriptions;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.application.subscription.SubscriptionPlan;
import dev.sluice.application.subscription.SubscriptionPlan.Unanswered;
import dev.sluice.application.subscription.UnusableSubscriptionException;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.subscription.DeclaredFile;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/// Applies `SUBSCRIPTIONS_FILE` before a node accepts events.
final class StartSubscriptions {

  private static final System.Logger LOG = System.getLogger(StartSubscriptions.class.getName());
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);
  private static final Actor ACTOR = new Actor("start of the service", "", "", "");

  private final Optional<RecordedApply> file;
  private final NextRun nextTry;

  /// Whether a declared subscription could not be created yet, because the deliveries of a deleted
  /// one of the same name are still being cancelled. Written before the tick's thread starts, and
  /// then by that thread.
  private volatile boolean isIncomplete;

  private StartSubscriptions(Optional<RecordedApply> file, TimeSource clock) {
    this.file = file;
    this.nextTry = new NextRun(clock);
  }

  /// Reads the file.
  ///
  /// @throws dev.sluice.server.subscription.DeclaredFileException when it is wrong
  static StartSubscriptions of(ServerConfig config, TimeSource clock) {
    return new StartSubscriptions(
        config
            .subscriptionsFile()
            .map(
                path ->
                    new RecordedApply(
                        path,
                        DeclaredFile.read(path, config.processing().retries()),
                        Options.DEFAULT,
                        ACTOR)),
        clock);
  }

  /// Applies the file, if there is one.
  ///
  /// @throws StartException when nothing could be changed
  void apply(StoragePorts ports, DestinationPreparation destinations, Activity activity) {
    file.ifPresent(declared -> apply(declared, ports, destinations, activity));
  }

  private void apply(
      RecordedApply declared,
      StoragePorts ports,
      DestinationPreparation destinations,
      Activity activity) {
    Result result = result(declared, ports, destinations, activity);
    if (!(result instanceof Result.Applied(SubscriptionPlan plan))) {
      throw StartException.withoutSubscriptions(declared.refusal(result));
    }
    LOG.log(Level.INFO, "applied {0}: {1}", declared.file(), RecordedApply.counts(plan));
    isIncomplete = !plan.beingCancelled().isEmpty();
    if (isIncomplete) {
      LOG.log(
          Level.WARNING,
          "not created yet, because deliveries of deleted subscriptions with these names are still"
              + " being cancelled: {0}",
          RecordedApply.names(plan.beingCancelled()));
    }
    if (!plan.unanswered().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "not applied, because their receivers did not respond; apply the file again when they do:"
              + " {0}",
          RecordedApply.names(plan.unanswered().stream().map(Unanswered::reason).toList()));
    }
  }

  private static Result result(
      RecordedApply declared,
      StoragePorts ports,
      DestinationPreparation destinations,
      Activity activity) {
    try {
      return declared.on(applying(ports, destinations), activity);
    } catch (UnusableSubscriptionException e) {
      throw StartException.withoutSubscriptions(String.valueOf(e.getMessage()));
    }
  }

  private static ApplySubscriptions applying(
      StoragePorts ports, DestinationPreparation destinations) {
    return new ApplySubscriptions(ports.subscriptions(), destinations, StoredSubscriptions.clock());
  }

  /// Applies the file again while a subscription is missing. Called by one thread at a time; costs
  /// nothing otherwise.
  void tick(StoragePorts ports, DestinationPreparation destinations, Activity activity) {
    if (isIncomplete && nextTry.isDue()) {
      nextTry.in(RETRY_EVERY);
      file.ifPresent(declared -> retry(declared, ports, destinations, activity));
    }
  }

  private void retry(
      RecordedApply declared,
      StoragePorts ports,
      DestinationPreparation destinations,
      Activity activity) {
    switch (declared.on(applying(ports, destinations), activity)) {
      case Result.Applied(SubscriptionPlan plan) -> isIncomplete = !plan.beingCancelled().isEmpty();
      case Result refused -> {
        isIncomplete = false;
        LOG.log(Level.WARNING, "cannot apply SUBSCRIPTIONS_FILE: {0}", declared.refusal(refused));
      }
    }
  }
}

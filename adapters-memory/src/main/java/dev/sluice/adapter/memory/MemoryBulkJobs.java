package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Bulk jobs, in the heap. All fields are guarded by the ledger's lock.
final class MemoryBulkJobs implements BulkJobs {

  private final Ledger ledger;

  /// In the order in which they were planned.
  private final Map<String, BulkJob> jobs = new LinkedHashMap<>();

  /// Ids of jobs with a step in progress.
  private final Set<String> stepping = new HashSet<>();

  MemoryBulkJobs(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Instant now() {
    return ledger.clock.instant();
  }

  @Override
  public void plan(BulkPlan plan) {
    ledger.locked(
        () -> {
          jobs.values().stream()
              .filter(job -> job.state() != BulkJob.State.RUNNING)
              // A job that was stopped during a step still has to record that step.
              .filter(job -> !stepping.contains(job.plan().id()))
              .limit(Math.max(0, jobs.size() - MAX_KEPT + 1L))
              .map(job -> job.plan().id())
              .toList()
              .forEach(jobs::remove);
          return jobs.put(plan.id(), BulkJob.of(plan));
        });
  }

  @Override
  public Optional<BulkJob> find(String id) {
    return ledger.locked(() -> Optional.ofNullable(jobs.get(id)));
  }

  @Override
  public Optional<BulkJob> findByToken(String token) {
    return ledger.locked(
        () -> jobs.values().stream().filter(job -> job.plan().token().equals(token)).findFirst());
  }

  @Override
  public List<BulkJob> started(int limit) {
    return ledger.locked(
        () ->
            jobs.values().stream()
                .filter(job -> job.startedAt().isPresent())
                .sorted(
                    Comparator.comparing((BulkJob job) -> job.startedAt().orElseThrow())
                        .thenComparing(job -> job.plan().id())
                        .reversed())
                .limit(limit)
                .toList());
  }

  @Override
  public List<BulkJob> running() {
    return ledger.locked(
        () -> jobs.values().stream().filter(job -> job.state() == BulkJob.State.RUNNING).toList());
  }

  @Override
  public boolean start(String id, String by, double ratePerSecond) {
    return change(id, BulkJob.State.PLANNED, job -> job.started(by, ratePerSecond, now()));
  }

  @Override
  public boolean stop(String id) {
    return change(id, BulkJob.State.RUNNING, job -> job.stopped(now()));
  }

  private boolean change(String id, BulkJob.State from, UnaryOperator<BulkJob> change) {
    return ledger.locked(
        () -> {
          BulkJob job = jobs.get(id);
          if (job == null || job.state() != from) {
            return false;
          }
          jobs.put(id, change.apply(job));
          return true;
        });
  }

  @Override
  public Optional<BulkStep> step(String id, int max) {
    BulkJob job = ledger.locked(() -> begin(id));
    if (job == null) {
      return Optional.empty();
    }
    try {
      Page<Optional<ChangedEvent>> page = apply(job, max);
      List<ChangedEvent> changed = page.items().stream().flatMap(Optional::stream).toList();
      int left = page.items().size() - changed.size();
      BulkJob after = ledger.locked(() -> advance(id, changed.size(), left, page.next()));
      return Optional.of(new BulkStep(after, changed));
    } finally {
      ledger.locked(() -> stepping.remove(id));
    }
  }

  private @Nullable BulkJob begin(String id) {
    BulkJob job = jobs.get(id);
    boolean isMine = job != null && job.state() == BulkJob.State.RUNNING && stepping.add(id);
    return isMine ? job : null;
  }

  private Page<Optional<ChangedEvent>> apply(BulkJob job, int limit) {
    Listing<Optional<ChangedEvent>> listing =
        new Listing<>(ledger, job.plan().filter(), stored -> apply(job.plan(), stored));
    return listing.page(new PageRequest(job.position(), limit));
  }

  private Optional<ChangedEvent> apply(BulkPlan plan, StoredEvent stored) {
    var changed = new ArrayList<SubscriptionName>();
    for (StoredDelivery delivery : stored.deliveries()) {
      if (plan.covers(stored.sequence) && plan.appliesTo(delivery.snapshot())) {
        ledger.change(delivery, after(plan, delivery.state()), plan.action().place());
        changed.add(delivery.subscription);
      }
    }
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ChangedEvent(
                stored.event.id(), stored.event.type(), stored.event.attributes().key(), changed));
  }

  private DeliveryState after(BulkPlan plan, DeliveryState state) {
    Instant now = now();
    return switch (plan.action()) {
      case REPLAY, REPLAY_AT_HEAD -> ((DeliveryState.Finished) state).replay(now);
      case CANCEL -> ((DeliveryState.Waiting) state).cancel(now);
      case DISCARD -> ((DeliveryState.Failed) state).discard(now);
      case BACKFILL -> throw new IllegalStateException("a back-fill changes no delivery");
    };
  }

  @Override
  public Optional<BulkStep> backfill(BulkJob seen, BackfillChoice choice) {
    return ledger.locked(
        () -> {
          BulkJob job = jobs.get(seen.plan().id());
          return seen.equals(job) && seen.state() == BulkJob.State.RUNNING
              ? Optional.of(enter(seen, choice))
              : Optional.empty();
        });
  }

  private BulkStep enter(BulkJob job, BackfillChoice choice) {
    SubscriptionName subscription = job.plan().backfill().orElseThrow().subscription();
    var changed = new ArrayList<ChangedEvent>();
    Cursor last = job.position();
    for (Event event : choice.events()) {
      StoredEvent stored = ledger.find(event.id());
      if (stored != null) {
        last = new Cursor(stored.sequence);
        if (stored.delivery(subscription) == null) {
          ledger.enter(stored, subscription);
          changed.add(ChangedEvent.of(event, subscription));
        }
      }
    }
    int left = choice.events().size() - changed.size();
    BulkJob after = advance(job.plan().id(), changed.size(), left, choice.next().orElse(last));
    return new BulkStep(after, changed);
  }

  /// Records a step. The job may have been stopped meanwhile; what the step did counts all the
  /// same.
  private BulkJob advance(String id, int changed, int left, Cursor next) {
    BulkJob before = Objects.requireNonNull(jobs.get(id), "a job in progress was deleted");
    BulkJob after = before.advanced(changed, left, next, now());
    BulkJob known =
        before.state() == BulkJob.State.STOPPED
            ? after.stopped(before.endedAt().orElseThrow())
            : after;
    jobs.put(id, known);
    return known;
  }

  @Override
  public void purge(Instant plannedBefore, Instant endedBefore) {
    ledger.locked(
        () ->
            jobs.values()
                .removeIf(
                    job ->
                        !stepping.contains(job.plan().id())
                            && isOld(job, plannedBefore, endedBefore)));
  }

  private static boolean isOld(BulkJob job, Instant plannedBefore, Instant endedBefore) {
    return switch (job.state()) {
      case PLANNED -> job.plan().plannedAt().isBefore(plannedBefore);
      case RUNNING -> false;
      case FINISHED, STOPPED -> job.endedAt().orElse(Instant.MAX).isBefore(endedBefore);
    };
  }
}

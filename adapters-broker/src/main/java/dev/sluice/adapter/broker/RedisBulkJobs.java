package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.BulkJobCodec;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.RedisLock;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bulk jobs in Redis, run by whichever node is first: a node that finds a job locked skips it.
///
/// A step changes events, then records its progress, in two writes: a node that dies in between
/// leaves events that are changed and not counted. They have changed since the job was planned, so
/// no node changes them again.
final class RedisBulkJobs implements BulkJobs {

  private static final Script REPLACE = Script.alone("replace").evenAtLimit();
  private static final String JOBS = "sluice:bulk";
  private static final String RUNNING = "sluice:bulk:running";

  /// Longer than a step takes.
  private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

  /// Other nodes may change a job at the same time, but only a few times.
  private static final int TRIES = 20;

  private static final Comparator<BulkJob> AS_PLANNED =
      Comparator.comparing((BulkJob job) -> job.plan().plannedAt())
          .thenComparing(job -> job.plan().id());

  private final Redis redis;
  private final Scripts scripts;
  private final BulkChanges changes;
  private final LateDeliveries lateDeliveries;

  RedisBulkJobs(Redis redis, Scripts scripts, BulkChanges changes, LateDeliveries lateDeliveries) {
    this.redis = redis;
    this.scripts = scripts;
    this.changes = changes;
    this.lateDeliveries = lateDeliveries;
  }

  @Override
  public Instant now() {
    return scripts.now();
  }

  @Override
  public void plan(BulkPlan plan) {
    List<BulkJob> old =
        all().filter(job -> job.state() != BulkJob.State.RUNNING).sorted(AS_PLANNED).toList();
    long tooMany = all().count() - MAX_KEPT + 1;
    old.stream().limit(Math.max(0, tooMany)).forEach(this::forget);
    var _ = replace(plan.id(), "", BulkJobCodec.encode(BulkJob.of(plan)), false);
  }

  private void forget(BulkJob job) {
    var _ = replace(job.plan().id(), BulkJobCodec.encode(job), "", false);
  }

  private boolean replace(String id, String before, String after, boolean isRunning) {
    List<String> arguments = List.of(id, before, after, isRunning ? "1" : "0");
    return redis.run(REPLACE, List.of(JOBS, RUNNING), arguments).equals(List.of("1"));
  }

  private Stream<BulkJob> all() {
    return redis.ask(client -> client.hvals(JOBS)).stream().map(BulkJobCodec::decode);
  }

  @Override
  public Optional<BulkJob> find(String id) {
    return Optional.ofNullable(text(id)).map(BulkJobCodec::decode);
  }

  private @Nullable String text(String id) {
    return redis.ask(client -> client.hget(JOBS, id));
  }

  @Override
  public Optional<BulkJob> findByToken(String token) {
    return all().filter(job -> job.plan().token().equals(token)).findFirst();
  }

  @Override
  public List<BulkJob> started(int limit) {
    return all()
        .filter(job -> job.startedAt().isPresent())
        .sorted(
            Comparator.comparing((BulkJob job) -> job.startedAt().orElseThrow())
                .thenComparing(job -> job.plan().id())
                .reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<BulkJob> running() {
    return redis.ask(client -> client.smembers(RUNNING)).stream()
        .flatMap(id -> find(id).stream())
        .filter(job -> job.state() == BulkJob.State.RUNNING)
        .sorted(AS_PLANNED)
        .toList();
  }

  @Override
  public boolean start(String id, String by, double ratePerSecond) {
    Instant now = now();
    return change(id, BulkJob.State.PLANNED, job -> job.started(by, ratePerSecond, now))
        .isPresent();
  }

  @Override
  public boolean stop(String id) {
    Instant now = now();
    return change(id, BulkJob.State.RUNNING, job -> job.stopped(now)).isPresent();
  }

  private Optional<BulkJob> change(String id, BulkJob.State from, UnaryOperator<BulkJob> change) {
    for (int tried = 0; tried < TRIES; tried++) {
      // The stored text: another node may encode the same job in another order.
      Optional<String> before = Optional.ofNullable(text(id));
      Optional<BulkJob> job =
          before.map(BulkJobCodec::decode).filter(known -> known.state() == from);
      if (job.isEmpty()) {
        return Optional.empty();
      }
      BulkJob after = change.apply(job.get());
      boolean isRunning = after.state() == BulkJob.State.RUNNING;
      if (replace(id, before.get(), BulkJobCodec.encode(after), isRunning)) {
        return Optional.of(after);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<BulkStep> step(String id, int max) {
    return locked(id, job -> step(job, max));
  }

  @Override
  public Optional<BulkStep> backfill(BulkJob seen, BackfillChoice choice) {
    return locked(seen.plan().id(), job -> job.equals(seen) ? backfillLocked(job, choice) : null);
  }

  private Optional<BulkStep> locked(String id, Function<BulkJob, @Nullable BulkStep> step) {
    String who = UUID.randomUUID().toString();
    var lock = new RedisLock(redis, JOBS + ":step:" + id, who);
    if (!lock.take(LONGEST_STEP)) {
      return Optional.empty();
    }
    try {
      return find(id).filter(job -> job.state() == BulkJob.State.RUNNING).map(step);
    } finally {
      lock.giveBack();
    }
  }

  private BulkStep backfillLocked(BulkJob job, BackfillChoice choice) {
    SubscriptionName subscription = job.plan().backfill().orElseThrow().subscription();
    List<String> ids = choice.events().stream().map(event -> event.id().value()).toList();
    List<RedisEvent> stored =
        new RedisEvents(redis).find(ids).stream().flatMap(Optional::stream).toList();
    List<ChangedEvent> changed =
        lateDeliveries
            .add(
                subscription,
                stored.stream()
                    .filter(event -> !event.subscriptions().contains(subscription))
                    .toList())
            .stream()
            .map(event -> ChangedEvent.of(event.event(), subscription))
            .toList();
    Cursor last = stored.isEmpty() ? job.position() : new Cursor(stored.getLast().sequence());
    int left = ids.size() - changed.size();
    return recorded(job, changed, left, choice.next().orElse(last));
  }

  private BulkStep step(BulkJob job, int max) {
    Page<RedisEvent> page = new EventScan(redis, job.plan().filter()).page(job.position(), max);
    List<RedisEvent> covered =
        page.items().stream().filter(event -> job.plan().covers(event.sequence())).toList();
    List<ChangedEvent> changed = changes.apply(job.plan(), covered);
    return recorded(job, changed, covered.size() - changed.size(), page.next());
  }

  private BulkStep recorded(BulkJob job, List<ChangedEvent> changed, int left, Cursor next) {
    Instant now = now();
    UnaryOperator<BulkJob> advance = known -> known.advanced(changed.size(), left, next, now);
    BulkJob after = recordProgress(job.plan().id(), advance, now).orElse(job);
    return new BulkStep(after, changed);
  }

  private Optional<BulkJob> recordProgress(String id, UnaryOperator<BulkJob> advance, Instant now) {
    return change(id, BulkJob.State.RUNNING, advance)
        .or(
            () ->
                // It was stopped meanwhile; the changes of this step count all the same.
                change(
                    id,
                    BulkJob.State.STOPPED,
                    known -> advance.apply(known).stopped(known.endedAt().orElse(now))));
  }

  @Override
  public void purge(Instant plannedBefore, Instant endedBefore) {
    var old = new ArrayList<BulkJob>();
    all().filter(job -> isOld(job, plannedBefore, endedBefore)).forEach(old::add);
    old.forEach(this::forget);
  }

  private static boolean isOld(BulkJob job, Instant plannedBefore, Instant endedBefore) {
    return switch (job.state()) {
      case PLANNED -> job.plan().plannedAt().isBefore(plannedBefore);
      case RUNNING -> false;
      case FINISHED, STOPPED -> job.endedAt().orElse(Instant.MAX).isBefore(endedBefore);
    };
  }
}

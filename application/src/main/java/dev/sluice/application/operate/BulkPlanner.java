package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Plans, starts and stops bulk jobs; [BulkRunner] runs them.
public final class BulkPlanner implements BulkOperations {

  /// How long a plan can be started.
  public static final Duration PLANS_LAST = Duration.ofMinutes(15);

  private static final int MOST_AT_ONCE = 20_000;
  private static final int SAMPLE = 5;
  private static final int MOST_SAMPLE_PAGES = 20;

  private static final int LOOKS = 80;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final EventStore events;
  private final BulkJobs jobs;
  private final BulkPace pace;
  private final RandomGenerator random;

  /// @param random makes ids and tokens
  public BulkPlanner(Storage storage, BulkPace pace, RandomGenerator random) {
    this.events = storage.events();
    this.jobs = storage.bulk();
    this.pace = pace;
    this.random = random;
  }

  @Override
  public Planned plan(BulkAction action, EventFilter filter, long limit, String by) {
    // Read before the cursor, so that events that arrive in between are not counted.
    StatusCounts known = events.counts();
    // First the time, then the cursor: events that change or arrive during the count are not part
    // of the plan.
    Instant now = jobs.now();
    Cursor from = events.newest();
    Optional<EventFilter> qualifying = action.qualifying(filter);
    EventFilter chosen = qualifying.orElse(filter);
    EventCount count =
        qualifying.isPresent() ? count(chosen, from, limit, known) : new EventCount(0, from);
    boolean isSame = chosen.equals(filter) && qualifying.isPresent() && limit == Long.MAX_VALUE;
    long matching = isSame ? count.events() : count(filter, from, Long.MAX_VALUE, known).events();
    var plan =
        new BulkPlan(
            BulkTokens.id(random),
            BulkTokens.token(random),
            action,
            chosen,
            Optional.empty(),
            from,
            count.next(),
            count.events(),
            now,
            by);
    jobs.plan(plan);
    List<EventSummary> sample = count.events() == 0 ? List.of() : sample(chosen, from);
    return new Planned(plan, filter, matching, sample, estimate(plan.qualifying()));
  }

  /// Counts events up to a limit; the cursor of the result is where the count ended.
  private EventCount count(EventFilter filter, Cursor from, long limit, StatusCounts known) {
    OptionalLong all = all(filter, known);
    if (all.isPresent() && all.getAsLong() <= limit) {
      return new EventCount(all.getAsLong(), Cursor.END);
    }
    long count = 0;
    Cursor next = from;
    while (count < limit && !next.equals(Cursor.END)) {
      int most = (int) Math.min(MOST_AT_ONCE, limit - count);
      EventCount part = events.count(filter, next, most);
      count += part.events();
      next = part.next();
    }
    return new EventCount(count, next);
  }

  /// Returns the number of events that pass the filter if the counts tell it: all events, unrouted
  /// ones, and those in a status while no event has several deliveries, because the counts have
  /// events by their own status, and the filter asks for that of their deliveries.
  private static OptionalLong all(EventFilter filter, StatusCounts counts) {
    Set<EventStatus> statuses = filter.statuses();
    boolean isKnown =
        statuses.isEmpty()
            || statuses.equals(Set.of(EventStatus.UNROUTED))
            || !counts.hasEventsWithSeveralDeliveries();
    if (!isKnown || !filter.equals(EventFilter.ALL.withStatuses(statuses))) {
      return OptionalLong.empty();
    }
    Set<EventStatus> wanted = statuses.isEmpty() ? counts.events().keySet() : statuses;
    return OptionalLong.of(wanted.stream().mapToLong(counts::of).sum());
  }

  private List<EventSummary> sample(EventFilter filter, Cursor from) {
    Cursor next = from;
    for (int page = 0; page < MOST_SAMPLE_PAGES && !next.equals(Cursor.END); page++) {
      var found = events.list(filter, new PageRequest(next, SAMPLE));
      if (!found.items().isEmpty()) {
        return found.items();
      }
      next = found.next();
    }
    return List.of();
  }

  private Duration estimate(long count) {
    return Duration.ofSeconds((long) Math.ceil(count / pace.perSecond(0)));
  }

  @Override
  public Started start(String token, double ratePerSecond, String by) {
    Optional<BulkJob> planned = jobs.findByToken(token).filter(this::isFresh);
    if (planned.isEmpty()) {
      return new Started.Unknown();
    }
    String id = planned.get().plan().id();
    boolean isOurs = jobs.start(id, by, ratePerSecond);
    Optional<BulkJob> job = jobs.find(id);
    if (job.isEmpty()) {
      return new Started.Unknown();
    }
    pace.wake();
    return isOurs ? new Started.Running(job.get()) : new Started.Before(job.get());
  }

  @Override
  public Run run(BulkAction action, EventFilter filter, long limit, String by) {
    Planned planned = plan(action, filter, limit, by);
    if (!(start(planned.plan().token(), 0, by) instanceof Started.Running(BulkJob started))) {
      throw new IllegalStateException("a plan that was just made cannot be started");
    }
    BulkJob job = awaitEnd(started);
    boolean isComplete =
        job.state() == BulkJob.State.FINISHED && planned.plan().qualifying() < limit;
    return new Run(job, isComplete);
  }

  private BulkJob awaitEnd(BulkJob started) {
    BulkJob job = started;
    for (int look = 0; look < LOOKS && job.state() == BulkJob.State.RUNNING; look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      job = find(job.plan().id()).orElse(job);
    }
    return job;
  }

  /// Jobs that were started are shown as long as they are stored.
  private boolean isFresh(BulkJob job) {
    return job.state() != BulkJob.State.PLANNED
        || jobs.now().isBefore(job.plan().plannedAt().plus(PLANS_LAST));
  }

  @Override
  public Stopped stop(String id) {
    boolean isOurs = jobs.stop(id);
    Optional<BulkJob> job = find(id);
    if (job.isEmpty()) {
      return new Stopped.Unknown();
    }
    return isOurs ? new Stopped.Now(job.get()) : new Stopped.Before(job.get());
  }

  @Override
  public Optional<BulkJob> find(String id) {
    return jobs.find(id).filter(job -> job.state() != BulkJob.State.PLANNED);
  }

  @Override
  public List<BulkJob> list(int limit) {
    return jobs.started(limit);
  }
}

package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Plans bulk jobs, starts and stops them; [BulkRunner] does them.
public final class BulkDesk implements BulkOperations {

  private static final int SAMPLE = 5;
  private static final int MOST_SAMPLE_PAGES = 20;

  private final EventStore events;
  private final BulkJobs jobs;
  private final BulkPace pace;
  private final RandomGenerator random;

  /// @param random makes ids and tokens
  public BulkDesk(Storage storage, BulkPace pace, RandomGenerator random) {
    this.events = storage.events();
    this.jobs = storage.bulk();
    this.pace = pace;
    this.random = random;
  }

  @Override
  public Planned plan(BulkAction action, EventFilter filter, long limit, String by) {
    // First the time, then the place: what changes or comes in while counting is not of the plan.
    Instant now = jobs.now();
    Cursor from = events.newest();
    Optional<EventFilter> qualifying = action.qualifying(filter);
    EventFilter chosen = qualifying.orElse(filter);
    long count = qualifying.isPresent() ? count(chosen, from) : 0;
    long matching = chosen.equals(filter) && qualifying.isPresent() ? count : count(filter, from);
    var plan =
        new BulkPlan(
            "bulk_" + HexFormat.of().toHexDigits(random.nextLong()),
            "plan_" + hex() + hex(),
            action,
            chosen,
            from,
            Math.min(count, limit),
            now,
            by);
    jobs.plan(plan);
    List<EventSummary> sample = count == 0 ? List.of() : sample(chosen, from);
    return new Planned(plan, matching, sample, estimate(plan.qualifying()));
  }

  private String hex() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private long count(EventFilter filter, Cursor from) {
    if (filter.equals(EventFilter.ALL.withStatuses(filter.statuses()))) {
      return counted(filter.statuses());
    }
    long count = 0;
    Cursor next = from;
    while (!next.equals(Cursor.END)) {
      EventCount part = events.count(filter, next);
      count += part.events();
      next = part.next();
    }
    return count;
  }

  /// By status alone the storage knows without looking.
  private long counted(Set<EventStatus> statuses) {
    StatusCounts counts = events.counts();
    Set<EventStatus> wanted = statuses.isEmpty() ? counts.events().keySet() : statuses;
    return wanted.stream().mapToLong(counts::of).sum();
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
    Optional<BulkJob> planned = jobs.findByToken(token);
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

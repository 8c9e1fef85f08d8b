package dev.sluice.application;

import dev.sluice.application.schedule.PeriodicTask;
import dev.sluice.domain.node.NodeReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What a node does again and again, each task guarded against failures of the others, and whether
/// all of them still run.
///
/// Each public method runs every 50 ms, in one thread at a time. The methods have a
/// thread each, so that none waits for another's work in the storage.
public final class Upkeep {

  /// The longest time between two runs of what never waits for the storage.
  private static final Duration PUNCTUAL = Duration.ofSeconds(10);

  /// The same for what must keep pace with other nodes, and may have to wait for the storage.
  private static final Duration PROMPT = Duration.ofSeconds(60);

  /// The same for what may take its time.
  private static final Duration PATIENT = Duration.ofMinutes(5);

  /// Whoever has not come back for so long will not: storages answer or give up within seconds.
  private static final Duration HUNG = Duration.ofMinutes(10);

  private final Wiring wiring;
  private final List<PeriodicTask> tick;
  private final List<PeriodicTask> keepUp;
  private final List<PeriodicTask> cleanUp;
  private final PeriodicTask bulk;
  private final PeriodicTask sharing;

  /// @param phase what the node is about
  /// @param backlog brings the count of the backlog in line with the storage's
  Upkeep(Wiring wiring, Supplier<Phase> phase, Runnable backlog) {
    this.wiring = wiring;
    this.tick =
        List.of(
            task("ending pauses", PUNCTUAL, wiring.pauses::tick),
            task("ending overdue attempts", PUNCTUAL, wiring.engine::tick),
            task("taking samples", PUNCTUAL, wiring.statistics::tick),
            task("recording figures", PUNCTUAL, wiring.figures::tick));
    this.keepUp =
        List.of(
            task("keeping leases", PROMPT, wiring.engine::keepLeases),
            task(
                "reporting to other nodes",
                PROMPT,
                () -> wiring.heartbeat.reportWhenDue(phase.get())),
            task("counting the backlog", PROMPT, backlog),
            task("refreshing keys", PROMPT, wiring.keys::keepUp),
            task("refreshing pauses", PROMPT, wiring.pauses::refreshWhenDue));
    this.cleanUp =
        List.of(
            task("putting back resumed deliveries", PATIENT, wiring.engine::unparkResumed),
            task("reading other nodes", PATIENT, wiring.figures::readNodes),
            task("writing history", PATIENT, wiring.figures::writeHistory),
            task("retention", PATIENT, wiring.retention::purgeWhenDue),
            task("retention of activity", PATIENT, wiring.activity::purgeWhenDue));
    this.bulk = task("running bulk jobs", PATIENT, wiring.bulkRunner::run);
    this.sharing = task("sharing changes", PATIENT, wiring.changeSharing::shareWhenDue);
  }

  private PeriodicTask task(String name, Duration limit, Runnable task) {
    return new PeriodicTask(name, limit, task, wiring.clock);
  }

  /// From now on the tasks must run.
  void begin() {
    all().forEach(PeriodicTask::begin);
  }

  private Stream<PeriodicTask> all() {
    return Stream.of(tick, keepUp, cleanUp, List.of(bulk, sharing)).flatMap(List::stream);
  }

  /// Runs what must be on time and never waits for the storage.
  public void tick() {
    tick.forEach(PeriodicTask::run);
  }

  /// Extends leases, reports to other nodes, and refreshes what was read from the storage.
  public void keepUp() {
    keepUp.forEach(PeriodicTask::run);
  }

  /// Writes history, reads what other nodes reported, unparks deliveries of resumed subscriptions, and
  /// deletes what is older than the retention. Leases must not wait for it.
  public void cleanUp() {
    cleanUp.forEach(PeriodicTask::run);
  }

  /// Runs bulk jobs.
  public void runBulkJobs() {
    bulk.run();
  }

  /// Sends changes to other nodes and reads theirs, while a client watches.
  public void shareChanges() {
    sharing.run();
  }

  /// The tasks that have not run for too long.
  List<String> overdue() {
    return all().map(PeriodicTask::overdue).flatMap(Optional::stream).toList();
  }

  /// What does not come back without a new process.
  List<String> dead() {
    var dead = new ArrayList<String>();
    if (wiring.settings.role().works() && wiring.engine.isDead()) {
      dead.add("the dispatcher has ended");
    }
    all().map(task -> task.hungFor(HUNG)).flatMap(Optional::stream).forEach(dead::add);
    return dead;
  }
}

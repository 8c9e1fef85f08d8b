package dev.sluice.application;

import dev.sluice.application.schedule.PeriodicTask;
import dev.sluice.domain.node.NodeReport.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The periodic tasks of a node, each isolated from the failures of the others, and whether they
/// still run.
///
/// Each public method is called every 50 ms, by one thread at a time and independently of the
/// others, so that none waits for the storage calls of another.
public final class Upkeep {

  /// The longest time between two runs of a task that never waits for the storage.
  private static final Duration PUNCTUAL = Duration.ofSeconds(10);

  /// The same for tasks that must keep pace with other nodes and may wait for the storage.
  private static final Duration PROMPT = Duration.ofSeconds(60);

  /// The same for tasks that may run late.
  private static final Duration PATIENT = Duration.ofMinutes(5);

  /// A task that has not returned for this long never will: storages answer or fail within seconds.
  private static final Duration HUNG = Duration.ofMinutes(10);

  private final Wiring wiring;
  private final List<PeriodicTask> tick;
  private final List<PeriodicTask> keepUp;
  private final List<PeriodicTask> cleanUp;
  private final PeriodicTask bulk;
  private final PeriodicTask sharing;
  private final PeriodicTask drawing;
  private final PeriodicTask emitting;
  private final PeriodicTask arranging;

  /// @param phase the node's current phase
  /// @param backlog corrects the backlog count from the storage
  Upkeep(Wiring wiring, Supplier<Phase> phase, Runnable backlog) {
    this.wiring = wiring;
    this.tick =
        List.of(
            task("ending pauses", PUNCTUAL, wiring.pauses::tick),
            task("ending overdue attempts", PUNCTUAL, wiring.engine::tick),
            task("taking samples", PUNCTUAL, wiring.statistics::tick),
            task("recording figures", PUNCTUAL, wiring.figures::tick));
    this.keepUp = keepUpTasks(phase, backlog);
    this.cleanUp = cleanUpTasks();
    this.bulk = task("running bulk jobs", PATIENT, wiring.bulkRunner::run);
    this.sharing = task("sharing changes", PATIENT, wiring.changeSharing::shareWhenDue);
    this.drawing = task("drawing tokens for rate limits", PROMPT, wiring.engine::drawTokens);
    this.emitting = task("emitting events of schedules", PROMPT, wiring.tickEmitter::emitDue);
    this.arranging = task("arranging lanes", PATIENT, wiring.laneArranger::arrange);
  }

  private List<PeriodicTask> keepUpTasks(Supplier<Phase> phase, Runnable backlog) {
    return List.of(
        task("extending leases", PROMPT, wiring.engine::keepLeases),
        task("reporting to other nodes", PROMPT, () -> wiring.heartbeat.reportWhenDue(phase.get())),
        task("counting the backlog", PROMPT, backlog),
        task("refreshing keys", PROMPT, wiring.keys::keepUp),
        task("refreshing subscriptions", PROMPT, wiring.subscriptions::refreshWhenDue),
        task("refreshing pauses", PROMPT, wiring.pauses::refreshWhenDue));
  }

  private List<PeriodicTask> cleanUpTasks() {
    return List.of(
        task("removing deleted subscriptions", PATIENT, wiring.deletedSubscriptions::tick),
        task("reporting automatic pauses", PATIENT, wiring.automaticPauses::report),
        task("checking receivers", PATIENT, wiring.failingReceivers::checkWhenDue),
        task("reading node reports", PATIENT, wiring.figures::readNodes),
        task("writing history", PATIENT, wiring.figures::writeHistory),
        task("retention", PATIENT, wiring.retention::purgeWhenDue),
        task("retention of activity", PATIENT, wiring.activity::purgeWhenDue));
  }

  private PeriodicTask task(String name, Duration limit, Runnable task) {
    return new PeriodicTask(name, limit, task, wiring.clock);
  }

  /// Starts the time limits of all tasks.
  void begin() {
    all().forEach(PeriodicTask::begin);
  }

  private Stream<PeriodicTask> all() {
    return Stream.of(tick, keepUp, cleanUp, List.of(bulk, sharing, drawing, emitting, arranging))
        .flatMap(List::stream);
  }

  /// Runs what must be on time and never waits for the storage.
  public void tick() {
    tick.forEach(PeriodicTask::run);
  }

  /// Extends leases, reports to other nodes, and refreshes what was read from the storage.
  public void keepUp() {
    keepUp.forEach(PeriodicTask::run);
  }

  /// Writes history, reads the reports of other nodes, and deletes what is older than the
  /// retention. Leases must not wait for it.
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

  /// Draws tokens for subscriptions with a rate limit. Leases must not wait for it, nor it for
  /// them.
  public void drawTokens() {
    drawing.run();
  }

  /// Emits the events of schedules whose ticks are due. Nothing else may make them late.
  public void emitTicks() {
    emitting.run();
  }

  /// Forms and releases the lanes of subscriptions whose ordering changed. A large backlog takes
  /// many steps, for which nothing else may wait.
  public void arrangeLanes() {
    arranging.run();
  }

  /// Messages about tasks that have not succeeded within their limit.
  List<String> overdue() {
    return all().map(PeriodicTask::overdue).flatMap(Optional::stream).toList();
  }

  /// Messages about what only a new process can recover.
  List<String> dead() {
    var dead = new ArrayList<String>();
    if (wiring.settings.role().works() && wiring.engine.isDead()) {
      dead.add("the dispatcher has stopped");
    }
    all().map(task -> task.hungFor(HUNG)).flatMap(Optional::stream).forEach(dead::add);
    return dead;
  }
}

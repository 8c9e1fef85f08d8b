package dev.sluice.adapter.http;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.DamagedEventException;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A store that can be made to fail.
final class FlakyStore implements EventStore {

  private final EventStore inner;
  private volatile boolean isBroken;
  private volatile boolean losesAnswers;
  private volatile boolean failsAppends;
  private final AtomicLong failedAppends = new AtomicLong();
  private final Set<EventId> busy = ConcurrentHashMap.newKeySet();
  private final Set<EventId> damaged = ConcurrentHashMap.newKeySet();

  private FlakyStore(EventStore inner) {
    this.inner = inner;
  }

  private static FlakyStore of(Storage storage) {
    return new FlakyStore(storage.events());
  }

  /// A server and the store that it uses.
  record Server(TestServer server, FlakyStore store) {}

  static Server startServer() {
    var made = new AtomicReference<FlakyStore>();
    TestServer server =
        TestServer.start(
            Setup.USUAL.withStorage(
                storage -> {
                  FlakyStore flaky = of(storage);
                  made.set(flaky);
                  return new Storage(
                      flaky,
                      storage.deliveries(),
                      storage.control(),
                      storage.deadLetters(),
                      storage.bulk());
                }));
    return new Server(server, made.get());
  }

  /// Makes every call fail without effect, or ends that.
  void breakDown(boolean newIsBroken) {
    isBroken = newIsBroken;
  }

  /// Makes appends take effect but lose their result, or ends that.
  void loseAnswers(boolean newLosesAnswers) {
    losesAnswers = newLosesAnswers;
  }

  /// Makes appends throw an exception that no storage should throw, or ends that.
  void failAppends(boolean newFailsAppends) {
    failsAppends = newFailsAppends;
  }

  /// Makes this id busy with another caller, so that it stays unknown whether it is stored.
  void keepBusy(EventId id) {
    busy.add(id);
  }

  /// Makes the event with this id damaged.
  void damage(EventId id) {
    damaged.add(id);
  }

  /// Returns how many appends failed without effect.
  long failedAppends() {
    return failedAppends.get();
  }

  private EventStore inner() {
    if (isBroken) {
      throw new StoreUnavailableException("pulled the plug", new IllegalStateException("test"));
    }
    return inner;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    if (isBroken || failsAppends) {
      failedAppends.incrementAndGet();
    }
    if (failsAppends) {
      throw new IllegalStateException("a fault of the storage");
    }
    List<AppendResult> stored =
        inner().append(batch.stream().filter(each -> !isBusy(each)).toList());
    List<AppendResult> results = new ArrayList<>(stored);
    for (int index = 0; index < batch.size(); index++) {
      if (isBusy(batch.get(index))) {
        results.add(index, new AppendResult.Contended());
      }
    }
    if (losesAnswers) {
      throw new StoreUnavailableException("answer lost", new IllegalStateException("test"));
    }
    return results;
  }

  private boolean isBusy(NewEvent event) {
    return busy.contains(event.event().id());
  }

  @Override
  public List<ExistingEvent> existing(List<EventId> ids) {
    return inner().existing(ids);
  }

  @Override
  public boolean storesDigests() {
    return inner.storesDigests();
  }

  @Override
  public void keepDigests(List<ExistingEvent> events) {
    inner().keepDigests(events);
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    if (damaged.contains(id)) {
      throw new DamagedEventException("event " + id + " is damaged");
    }
    return inner().find(id);
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    return inner().list(filter, page);
  }

  @Override
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return inner().newestAttempts(subscription, status, limit);
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    return inner().count(filter, after, most);
  }

  @Override
  public Cursor newest() {
    return inner().newest();
  }

  @Override
  public StatusCounts counts() {
    return inner().counts();
  }

  @Override
  public CountsBySubscription countsBySubscription() {
    return inner().countsBySubscription();
  }

  @Override
  public DueCounts dueSoon(Duration step, int steps) {
    return inner().dueSoon(step, steps);
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    return inner().purge(finishedBefore, limit);
  }

  @Override
  public Durability durability() {
    return inner.durability();
  }

  @Override
  public Optional<DiskReport> disk() {
    return inner.disk();
  }
}

package dev.sluice.adapter.http;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A store that can be made to fail.
final class FlakyStore implements EventStore {

  private final EventStore inner;
  private volatile boolean isBroken;
  private volatile boolean losesAnswers;

  private FlakyStore(EventStore inner) {
    this.inner = inner;
  }

  static FlakyStore of(Storage storage) {
    return new FlakyStore(storage.events());
  }

  /// From now on every call fails without effect, or none does.
  void breakDown(boolean newIsBroken) {
    isBroken = newIsBroken;
  }

  /// From now on appends take effect, but their answer is lost; or is not.
  void loseAnswers(boolean newLosesAnswers) {
    losesAnswers = newLosesAnswers;
  }

  private EventStore inner() {
    if (isBroken) {
      throw new StoreUnavailableException("pulled the plug", new IllegalStateException("test"));
    }
    return inner;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    List<AppendResult> results = inner().append(batch);
    if (losesAnswers) {
      throw new StoreUnavailableException("answer lost", new IllegalStateException("test"));
    }
    return results;
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
    return inner().find(id);
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    return inner().list(filter, page);
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

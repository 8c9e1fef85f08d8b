package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.Appends.Outcome;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.codec.StatusLetters;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.store.RedisResponses;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
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
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/// Stores events: what is not finished in RabbitMQ, and the state of all events in Redis.
final class BrokerEventStore implements EventStore {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(5);
  private static final int MOST_COUNTED = 10_000;

  private final AppendGroupCommit appends;
  private final Redis redis;
  private final RedisEvents redisEvents;
  private final Scripts scripts;
  private final Rabbit publishing;

  BrokerEventStore(
      AppendGroupCommit appends,
      Redis redis,
      RedisEvents redisEvents,
      Scripts scripts,
      Rabbit publishing) {
    this.appends = appends;
    this.redis = redis;
    this.redisEvents = redisEvents;
    this.scripts = scripts;
    this.publishing = publishing;
  }

  @Override
  public List<AppendResult> append(List<NewEvent> batch) {
    var results = new @Nullable AppendResult[batch.size()];
    List<Integer> open = IntStream.range(0, batch.size()).boxed().toList();
    long end = System.nanoTime() + LONGEST_WAIT_FOR_OTHERS.toNanos();
    while (!open.isEmpty()) {
      open = append(batch, open, results);
      if (!open.isEmpty()) {
        if (System.nanoTime() - end > 0) {
          open.forEach(place -> results[place] = new AppendResult.Contended());
          break;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return Stream.of(results).map(AppendResult.class::cast).toList();
  }

  /// @return the indexes to try again, because another caller is storing these ids
  private List<Integer> append(
      List<NewEvent> batch, List<Integer> open, @Nullable AppendResult[] results) {
    List<Outcome> outcomes = appends.store(open.stream().map(batch::get).toList());
    var stillOpen = new ArrayList<Integer>();
    var taken = new ArrayList<Integer>();
    for (int index = 0; index < outcomes.size(); index++) {
      int place = open.get(index);
      NewEvent event = batch.get(place);
      switch (outcomes.get(index)) {
        case STORED -> results[place] = new AppendResult.Stored(stored(event));
        case FULL -> results[place] = new AppendResult.Full();
        case BUSY -> stillOpen.add(place);
        case UNKNOWN -> throw new StoreUnavailableException("RabbitMQ did not confirm in time");
        case TAKEN -> taken.add(place);
      }
    }
    fillDuplicates(batch, taken, results, stillOpen);
    return stillOpen;
  }

  /// Reads all existing events in one call. An event that is gone by then is tried again.
  private void fillDuplicates(
      List<NewEvent> batch,
      List<Integer> taken,
      @Nullable AppendResult[] results,
      List<Integer> stillOpen) {
    if (taken.isEmpty()) {
      return;
    }
    Map<EventId, ExistingEvent> existing = existingById(batch, taken);
    for (int place : taken) {
      ExistingEvent event = existing.get(batch.get(place).event().id());
      if (event == null) {
        stillOpen.add(place);
      } else {
        results[place] = new AppendResult.Duplicate(event);
      }
    }
  }

  private Map<EventId, ExistingEvent> existingById(List<NewEvent> batch, List<Integer> taken) {
    Map<EventId, ExistingEvent> existing = new HashMap<>();
    existing(taken.stream().map(place -> batch.get(place).event().id()).toList())
        .forEach(event -> existing.put(event.id(), event));
    return existing;
  }

  @Override
  public List<ExistingEvent> existing(List<EventId> ids) {
    return new Existing(scripts).of(ids);
  }

  @Override
  public boolean storesDigests() {
    return true;
  }

  @Override
  public void keepDigests(List<ExistingEvent> events) {
    new Existing(scripts).keepDigests(events);
  }

  private static EventSummary stored(NewEvent event) {
    Instant now = event.event().receivedAt();
    return new EventSummary(
        event.event(),
        event.subscriptions().stream()
            .map(name -> new DeliverySnapshot(name, event.received(name, now)))
            .toList());
  }

  @Override
  public Optional<EventRecord> find(EventId id) {
    return redisEvents.find(id).map(RedisEvent::record).map(new RedisResponses(redis)::complete);
  }

  @Override
  public Page<EventSummary> list(EventFilter filter, PageRequest page) {
    Page<RedisEvent> found = new EventScan(redis, filter).page(page.after(), page.limit());
    return new Page<>(found.items().stream().map(RedisEvent::summary).toList(), found.next());
  }

  @Override
  public List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) {
    return new RedisResponses(redis)
        .newest(subscription, status, limit, places -> attemptsAt(subscription, places));
  }

  private List<Optional<RecentAttempt>> attemptsAt(
      SubscriptionName subscription, List<RedisResponses.Place> places) {
    List<Optional<RedisEvent>> events =
        redisEvents.findMostlyWithoutPayloads(
            places.stream().map(RedisResponses.Place::id).toList());
    var attempts = new ArrayList<Optional<RecentAttempt>>(places.size());
    for (int index = 0; index < places.size(); index++) {
      RedisResponses.Place place = places.get(index);
      attempts.add(
          events
              .get(index)
              // The id may be that of another event by now.
              .filter(found -> found.sequence() == place.sequence())
              .flatMap(found -> recent(found, subscription, place.number())));
    }
    return attempts;
  }

  private static Optional<RecentAttempt> recent(
      RedisEvent found, SubscriptionName subscription, int number) {
    return found
        .attempt(subscription, number)
        .map(attempt -> new RecentAttempt(found.event().id(), found.event().type(), attempt));
  }

  @Override
  public EventCount count(EventFilter filter, Cursor after, int most) {
    return new EventScan(redis, filter).count(after, Math.min(most, MOST_COUNTED));
  }

  @Override
  public Cursor newest() {
    String last = redis.ask(client -> client.get("sluice:last"));
    return new Cursor(last == null ? 1 : Long.parseLong(last) + 1);
  }

  @Override
  public StatusCounts counts() {
    // Callers also use this to find out whether new events can be stored.
    publishing.requireUsable();
    Map<String, String> counted = redis.ask(client -> client.hgetAll("sluice:counts"));
    var events = new EnumMap<EventStatus, Long>(EventStatus.class);
    for (EventStatus status : EventStatus.values()) {
      events.put(status, count(counted, "e" + StatusLetters.of(status)));
    }
    var deliveries = new EnumMap<DeliveryStatus, Long>(DeliveryStatus.class);
    for (DeliveryStatus status : DeliveryStatus.values()) {
      deliveries.put(status, count(counted, "d" + StatusLetters.of(status)));
    }
    Instant now = scripts.now();
    return new StatusCounts(events, deliveries, redis.ask(client -> oldestDue(client, now)));
  }

  @Override
  public CountsBySubscription countsBySubscription() {
    return new SubscriptionCountScan(scripts).counts();
  }

  @Override
  public DueCounts dueSoon(Duration step, int steps) {
    return new WaitingDeliveries(redis).dueSoon(scripts.now(), step, steps);
  }

  private static long count(Map<String, String> counted, String field) {
    return Math.max(0, Long.parseLong(counted.getOrDefault(field, "0")));
  }

  private static Instant oldestDue(UnifiedJedis client, Instant now) {
    return Stream.of("sluice:waiting", "sluice:aside")
        .flatMap(row -> client.zrangeWithScores(row, 0, 0).stream())
        .map(first -> Micros.toInstant((long) first.getScore()))
        .filter(due -> !due.isAfter(now))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  @Override
  public int purge(Instant finishedBefore, int limit) {
    List<String> purged =
        scripts.run(
            Scripts.PURGE, List.of(Micros.text(finishedBefore), Integer.toString(limit), ""));
    return Integer.parseInt(purged.getFirst());
  }

  @Override
  public Durability durability() {
    return Durability.CONFIRMED;
  }

  @Override
  public Optional<DiskReport> disk() {
    return Optional.empty();
  }
}

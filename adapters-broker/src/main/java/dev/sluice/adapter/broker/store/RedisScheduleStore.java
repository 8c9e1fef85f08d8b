package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.format.schedule.ScheduleDecoder;
import dev.sluice.format.schedule.StoredSchedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps schedules in Redis; `schedule-put.lua` names the keys.
public final class RedisScheduleStore implements ScheduleStore {

  private static final String VERSION = "sluice:schedules:version";
  private static final Script PUT = Script.timed("schedule-put").evenAtLimit();
  private static final Script DELETE = Script.timed("schedule-delete").evenAtLimit();
  private static final Script ADVANCE = Script.alone("schedule-advance").evenAtLimit();
  private static final Script ALL = Script.alone("schedule-all");
  private static final Script FIND = Script.alone("schedule-find");

  private static final String ANY = "*";
  private static final String NONE = "-";

  private static final Comparator<StoredSchedule> BY_NAME =
      Comparator.comparing(StoredSchedule::name);

  private final Redis redis;
  private final Supplier<String> time;
  private final ScheduleDecoder decoder = new ScheduleDecoder();

  /// @param time the first argument of scripts that need the time
  public RedisScheduleStore(Redis redis, Supplier<String> time) {
    this.redis = redis;
    this.time = time;
  }

  @Override
  public long version() {
    return redis
        .ask(client -> Optional.ofNullable(client.get(VERSION)))
        .map(Long::valueOf)
        .orElse(0L);
  }

  @Override
  public List<Schedule> all() {
    return decoder.decodeAll(pairs(redis.texts(ALL, List.of())).stream().sorted(BY_NAME).toList());
  }

  @Override
  public Optional<Schedule> find(ScheduleName name) {
    return pairs(redis.texts(FIND, List.of(name.value()))).stream()
        .findFirst()
        .flatMap(decoder::decode);
  }

  /// @param texts each schedule and its progress, one after the other
  private static List<StoredSchedule> pairs(List<String> texts) {
    var stored = new ArrayList<StoredSchedule>(texts.size() / 2);
    for (int index = 0; index < texts.size(); index += 2) {
      stored.add(ScheduleCodec.decode(texts.get(index), texts.get(index + 1)));
    }
    return stored;
  }

  @Override
  public ScheduleChangeResult put(ScheduleChange change) {
    Schedule fresh = change.at(0, ScheduleProgress.startingAt(change.handledUntil()));
    List<String> answer =
        redis.texts(
            PUT,
            List.of(
                time.get(),
                change.name().value(),
                text(change.expected()),
                ScheduleCodec.encode(StoredSchedule.of(fresh)),
                Nanos.text(change.handledUntil()),
                Integer.toString(MAX_SCHEDULES)));
    return switch (answer.getFirst()) {
      case "STORED" ->
          new ScheduleChangeResult.Stored(
              change
                  .at(Long.parseLong(answer.get(1)), fresh.progress())
                  .with(ScheduleCodec.progress(answer.get(2))));
      case "CONFLICT" -> conflict(answer);
      default -> new ScheduleChangeResult.Full();
    };
  }

  private static String text(Expected expected) {
    return switch (expected) {
      case Expected.Any() -> ANY;
      case Expected.Absent() -> NONE;
      case Expected.Version(long version) -> Long.toString(version);
    };
  }

  private ScheduleChangeResult conflict(List<String> answer) {
    String stored = answer.get(1);
    return new ScheduleChangeResult.Conflict(
        stored.isEmpty()
            ? Optional.empty()
            : decoder.decode(ScheduleCodec.decode(stored, answer.get(2))));
  }

  @Override
  public ScheduleChangeResult delete(ScheduleName name, Expected expected) {
    List<String> answer = redis.texts(DELETE, List.of(time.get(), name.value(), text(expected)));
    return answer.getFirst().equals("DELETED")
        ? new ScheduleChangeResult.Deleted()
        : conflict(answer);
  }

  @Override
  public boolean advance(Schedule known, ScheduleProgress to) {
    return redis.number(
            ADVANCE,
            List.of(
                known.name().value(),
                Long.toString(known.version()),
                ScheduleCodec.encode(known.progress()),
                ScheduleCodec.encode(to)))
        > 0;
  }
}

package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.SettableClock;
import dev.sluice.domain.event.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventIdsTest {

  private static final int RACERS = 8;
  private static final int IDS_EACH = 5_000;

  private final SettableClock clock = new SettableClock();
  private final EventIds ids = new EventIds(clock, new SharedRandom());

  @Test
  void id_isAnUuidOfVersion7() {
    UUID id = UUID.fromString(ids.get().value());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void id_beginsWithTheTime() {
    UUID id = UUID.fromString(ids.get().value());

    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(SettableClock.START.toEpochMilli());
  }

  @Test
  void ids_riseWhileTheClockStandsStill() {
    // More than the counter can hold within a millisecond.
    List<String> many = next(10_000);

    assertThat(many).isSorted().doesNotHaveDuplicates();
    assertThat(many).allMatch(id -> UUID.fromString(id).version() == 7);
  }

  @Test
  void ids_riseWhenTheClockGoesBack() {
    List<String> before = next(100);
    clock.advance(Duration.ofHours(-1));

    List<String> all = Stream.concat(before.stream(), next(100).stream()).toList();

    assertThat(all).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void ids_followTheClockOnceItIsAhead() {
    String before = ids.get().value();
    clock.advance(Duration.ofSeconds(1));

    UUID after = UUID.fromString(ids.get().value());

    assertThat(after.toString()).isGreaterThan(before);
    assertThat(after.getMostSignificantBits() >>> 16)
        .isEqualTo(SettableClock.START.toEpochMilli() + 1_000);
  }

  @Test
  void racingThreads_eachSeeRisingIdsAndNoneTwice() throws Exception {
    List<String> all = new ArrayList<>();
    for (Future<List<String>> racer : race()) {
      assertThat(racer.get()).isSorted();
      all.addAll(racer.get());
    }

    assertThat(all).hasSize(RACERS * IDS_EACH).doesNotHaveDuplicates();
  }

  private List<Future<List<String>>> race() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(RACERS)) {
      Callable<List<String>> racer = () -> next(IDS_EACH);
      return threads.invokeAll(Stream.generate(() -> racer).limit(RACERS).toList());
    }
  }

  private List<String> next(int count) {
    return Stream.generate(ids).limit(count).map(EventId::value).toList();
  }
}

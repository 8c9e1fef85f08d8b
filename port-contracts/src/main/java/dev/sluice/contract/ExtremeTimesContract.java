package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The promises of a [dev.sluice.domain.port.Storage] hold for all times and spans, however far
/// from now: a time that a storage cannot represent counts as the last one that it can.
public interface ExtremeTimesContract {

  /// Longer than any storage can represent.
  Duration LONG = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void purge_ofWhatEndedBeforeAnyTimeLongAgo_forgetsNothing() {
    StorageFixture fixture = newStorage();
    fixture.complete("e-1");

    times(fixture.now(), fixture.now()::isAfter)
        .forEach(
            time -> assertThat(fixture.events().purge(time, 10)).as("before %s", time).isZero());

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  default void purge_ofWhatEndedBeforeAnyTimeToCome_forgetsIt() {
    StorageFixture fixture = newStorage();
    times(fixture.now(), fixture.now().plusSeconds(60)::isBefore)
        .forEach(
            time -> {
              fixture.complete("e-1");
              assertThat(fixture.events().purge(time, 10)).as("before %s", time).isOne();
            });
  }

  @Test
  default void leaseOfAnyLength_isHeldAndSettled() {
    StorageFixture fixture = newStorage();
    spans()
        .forEach(
            span -> {
              fixture.append("e-" + span);
              Claim claim =
                  fixture
                      .queue()
                      .claim(StorageFixture.WORKER, QuotaSamples.upTo(1), span)
                      .getFirst();
              assertThat(fixture.queue().extend(List.of(claim), span)).as("%s", span).isEmpty();
              assertThat(fixture.queue().reclaimExpired(10, _ -> Resolution.COMPLETE)).isEmpty();
              assertThat(fixture.settle(claim, Resolution.COMPLETE))
                  .isEqualTo(SettlementResult.SETTLED);
            });
  }

  @Test
  default void retryDueAtAnyTimePast_isClaimedAtOnce() {
    StorageFixture fixture = newStorage();
    int count = retryAtEach(fixture, times(fixture.now(), fixture.now()::isAfter));

    assertThat(claim(fixture, count)).hasSize(count);
  }

  @Test
  default void retryDueAtAnyTimeToCome_waits() {
    StorageFixture fixture = newStorage();
    int count = retryAtEach(fixture, times(fixture.now(), fixture.now().plusSeconds(60)::isBefore));

    assertThat(fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(count), LONG))
        .isEmpty();
    assertThat(fixture.events().counts().of(DeliveryStatus.RETRYING)).isEqualTo(count);
  }

  /// Stores an event for each time, and makes it retry at that time.
  ///
  /// @return number of events
  private static int retryAtEach(StorageFixture fixture, List<Instant> times) {
    fixture.events().append(Events.many(times.size()));
    List<Claim> claims = claim(fixture, times.size());
    fixture
        .queue()
        .settle(
            IntStream.range(0, times.size())
                .mapToObj(
                    index ->
                        new Settlement(
                            claims.get(index),
                            new Resolution.Retry(times.get(index), StorageFixture.CAUSE)))
                .toList());
    return times.size();
  }

  /// Claims this number of deliveries, in as many calls as that takes.
  private static List<Claim> claim(StorageFixture fixture, int count) {
    var claims = new ArrayList<Claim>();
    for (int tries = 0; tries < count && claims.size() < count; tries++) {
      int open = count - claims.size();
      claims.addAll(
          fixture
              .queue()
              .claim(StorageFixture.WORKER, QuotaSamples.upTo(open), StorageFixture.LEASE));
    }
    assertThat(claims).hasSize(count);
    return claims;
  }

  @Test
  default void countDueBefore_takesAnyTime() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    times(fixture.now(), fixture.now()::isAfter)
        .forEach(
            time ->
                assertThat(fixture.queue().countDueBefore(SubscriptionName.DEFAULT, time, 10))
                    .isZero());
    times(fixture.now(), fixture.now().plusSeconds(60)::isBefore)
        .forEach(
            time ->
                assertThat(fixture.queue().countDueBefore(SubscriptionName.DEFAULT, time, 10))
                    .isOne());
  }

  @Test
  default void awaitWork_forAnyTime_endsWhenThereIsWork() throws InterruptedException {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    fixture.queue().awaitWork(QuotaSamples.upTo(100), LONG);

    assertThat(fixture.claimOne().attempt()).isEqualTo(1);
  }

  @Test
  default void bulkJobs_arePurgedByAnyTime() {
    StorageFixture fixture = newStorage();
    times(fixture.now(), _ -> true).forEach(time -> fixture.storage().bulk().purge(time, time));

    assertThat(fixture.storage().bulk().running()).isEmpty();
  }

  /// Returns the limits, powers of two seconds from 1970 and from now, times that once broke a long
  /// retention, and some random times.
  private static List<Instant> times(Instant now, Predicate<Instant> which) {
    var random = new SplittableRandom(1);
    LongStream seconds =
        LongStream.concat(
            LongStream.range(0, 13).map(step -> 1L << (3 * step)),
            LongStream.concat(
                LongStream.of(106_751, 106_752, 127_500, 999_999).map(day -> day * 86_400),
                random.longs(5, 0, Instant.MAX.getEpochSecond() / 4)));
    Stream<Instant> around =
        seconds
            .filter(second -> second < Instant.MAX.getEpochSecond() / 2)
            .boxed()
            .flatMap(
                second ->
                    Stream.of(
                        Instant.ofEpochSecond(second),
                        Instant.ofEpochSecond(-second),
                        now.plusSeconds(second),
                        now.minusSeconds(second)));
    return Stream.concat(
            Stream.of(
                Instant.MIN,
                Instant.MAX,
                Instant.EPOCH,
                Instant.ofEpochMilli(Long.MIN_VALUE),
                Instant.ofEpochMilli(Long.MAX_VALUE)),
            around)
        .filter(which)
        .toList();
  }

  private static List<Duration> spans() {
    return Stream.concat(
            Stream.of(LONG, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(36_500)),
            LongStream.range(2, 20).mapToObj(step -> Duration.ofSeconds(1L << (3 * step))))
        .toList();
  }
}

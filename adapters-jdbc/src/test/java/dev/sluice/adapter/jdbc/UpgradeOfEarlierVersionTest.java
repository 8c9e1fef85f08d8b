package dev.sluice.adapter.jdbc;

import static dev.sluice.contract.StorageFixture.LEASE;
import static dev.sluice.contract.StorageFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.subscription.TypePattern;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The data of the last version without stored subscriptions is continued: nothing is lost, every
/// delivery can be claimed, and what is new works on it. `scripts/upgrade.sh` does the same with
/// that version itself and a million events.
@Tag("slow")
final class UpgradeOfEarlierVersionTest {

  private static final String LAST_ON_SQLITE = "11";
  private static final String LAST_ON_POSTGRES = "10";
  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  /// A dead letter.
  private static final String REPLAYED = "e-200";

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private record Opened(
      StorageFixture fixture,
      PauseStore pauses,
      KeyStore keys,
      ActivityLog activity,
      SubscriptionStore subscriptions) {}

  private static void migrate(String url, String folder, String version) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(url, "postgres", "secret")
        .locations("classpath:dev/sluice/adapter/jdbc/" + folder)
        .table("schema_history")
        .target(MigrationVersion.fromVersion(version))
        .load()
        .migrate();
  }

  @Test
  void sqlite_continuesWithIt() throws Exception {
    var settings = new SqliteSettings(directory);
    String url = "jdbc:sqlite:" + settings.file();
    migrate(url, "sqlite", LAST_ON_SQLITE);
    try (Connection connection = DriverManager.getConnection(url)) {
      new EarlierRows(connection, true, clock.instant()).write();
      clock.advance(Duration.ofSeconds(2));
    }

    try (SqliteAdapter adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      assertContinued(
          new Opened(
              new StorageFixture(adapter.storage(), clock),
              adapter.pauses(),
              adapter.keys(),
              adapter.activity(),
              adapter.subscriptions()));
    }
    assertThat(SqliteAdapter.check(settings).problems()).isEmpty();
  }

  @Test
  void postgres_continuesWithIt() throws Exception {
    TestDatabase.execute("create database earlier");
    try (Connection connection = TestDatabase.connect("earlier")) {
      migrate(connection.getMetaData().getURL(), "postgres", LAST_ON_POSTGRES);
      new EarlierRows(connection, false, clock.instant()).write();
      clock.advance(Duration.ofSeconds(2));
    }

    try (PostgresAdapter adapter = TestDatabase.open("earlier", clock)) {
      assertContinued(
          new Opened(
              new StorageFixture(adapter.storage(), clock),
              adapter.pauses(),
              adapter.keys(),
              adapter.activity(),
              adapter.subscriptions()));
    }
  }

  private static void assertContinued(Opened opened) {
    assertCounts(opened.fixture());
    for (EarlierKind kind : EarlierKind.values()) {
      assertReadable(opened.fixture(), kind);
    }
    assertOperatorsDataIsThere(opened);
    assertDeadLettersAreHandled(opened.fixture());
    assertEverythingIsClaimedOnce(opened.fixture());
    assertSubscriptionsWork(opened);
  }

  private static void assertCounts(StorageFixture fixture) {
    var counts = fixture.events().counts();
    for (EventStatus status : EventStatus.values()) {
      assertThat(counts.of(status)).as("%s", status).isEqualTo(EarlierKind.count(status));
    }
  }

  private static void assertReadable(StorageFixture fixture, EarlierKind kind) {
    int number = kind.numbers().findFirst().orElseThrow();
    EventRecord record = fixture.record("e-" + number);
    assertThat(record.summary().status()).as("%s", kind).isEqualTo(kind.status());
    assertThat(record.summary().event().payload().json()).isEqualTo(EarlierRows.payload(number));
    int attempts =
        record.summary().deliveries().stream()
            .mapToInt(delivery -> delivery.state().attempts().started())
            .sum();
    assertThat(attempts).as("%s", kind).isEqualTo(kind.attempts());
  }

  private static void assertOperatorsDataIsThere(Opened opened) {
    assertThat(opened.pauses().all()).extracting(Pause::reason).containsOnly("upgrade", "all");
    assertThat(opened.keys().all()).extracting(ApiKey::owner).containsExactly("shop");
    assertThat(opened.activity().bounds().last().number()).isEqualTo(1);
    assertThat(opened.activity().from(1, 10).getFirst().operation().target()).isEqualTo("e-1");
    assertThat(opened.fixture().storage().bulk().running())
        .extracting(BulkJob::state)
        .containsExactly(BulkJob.State.RUNNING);
  }

  /// One is replayed; the running bulk job discards the others.
  private static void assertDeadLettersAreHandled(StorageFixture fixture) {
    long dead = EarlierKind.FAILED.count();
    var trend = new ErrorGroup.Trend(Instant.EPOCH, fixture.now());
    assertThat(fixture.storage().deadLetters().groups(trend, 10))
        .extracting(ErrorGroup::count)
        .containsExactly(dead);
    assertThat(
            fixture
                .control()
                .replay(new EventId(REPLAYED), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.Changed.class);
    BulkJobs jobs = fixture.storage().bulk();
    for (int step = 0; step < EarlierRows.EVENTS && !jobs.running().isEmpty(); step++) {
      var _ = jobs.step("job", 50);
    }
    assertThat(jobs.find("job").orElseThrow().done()).isEqualTo(dead - 1);
    assertThat(fixture.events().counts().of(EventStatus.FAILED)).isZero();
  }

  private static void assertEverythingIsClaimedOnce(StorageFixture fixture) {
    List<String> expected =
        Stream.concat(
                Stream.of(REPLAYED),
                Stream.of(EarlierKind.values())
                    .filter(EarlierKind::isLive)
                    .flatMap(kind -> kind.numbers().mapToObj(number -> "e-" + number)))
            .toList();
    fixture.clock().advance(Duration.ofHours(2));
    Resolution again = new Resolution.Retry(fixture.now(), StorageFixture.CAUSE);
    assertThat(fixture.queue().reclaimExpired(1_000, _ -> again))
        .hasSize((int) EarlierKind.LEASED.count());
    var claimed = new ArrayList<String>();

    Eventually.holds(
        "everything is claimed",
        () -> {
          claimed.addAll(completeSome(fixture));
          return claimed.size() >= expected.size();
        });

    assertThat(claimed).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(fixture.events().counts().of(EventStatus.COMPLETED))
        .isEqualTo(EarlierKind.count(EventStatus.COMPLETED) + expected.size());
  }

  private static List<String> completeSome(StorageFixture fixture) {
    Quotas quotas = QuotaSamples.upTo(500);
    List<Claim> claims = new ArrayList<>();
    claims.addAll(fixture.queue().claim(WORKER, quotas, LEASE));
    claims.addAll(fixture.queue().claimAbandoned(WORKER, quotas, LEASE));
    var _ =
        fixture
            .queue()
            .settle(
                claims.stream().map(claim -> new Settlement(claim, Resolution.COMPLETE)).toList());
    return claims.stream().map(claim -> claim.event().id().value()).toList();
  }

  /// A first subscription, an event for it, and a back-fill of an old event.
  private static void assertSubscriptionsWork(Opened opened) {
    StorageFixture fixture = opened.fixture();
    assertThat(opened.subscriptions().all()).isEqualTo(SubscriptionSet.EMPTY);
    var change =
        new SubscriptionChange(
            MAIL,
            SubscriptionChange.Expected.ANY,
            SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log()),
            Lifecycle.ACTIVE,
            Subscription.Origin.API);
    assertThat(opened.subscriptions().change(List.of(change), "ann", fixture.now()))
        .isInstanceOf(SubscriptionChangeResult.Stored.class);
    fixture.events().append(List.of(new NewEvent(Events.event("new"), List.of(MAIL))));
    assertThat(completeSome(fixture)).containsExactly("new");
    backfill(fixture, "e-2", "e-3");
    assertThat(completeSome(fixture)).containsExactlyInAnyOrder("e-2", "e-3");
    assertThat(fixture.record("e-3").summary().deliveries())
        .extracting(DeliverySnapshot::subscription)
        .containsExactlyInAnyOrder(SubscriptionName.DEFAULT, MAIL);
    assertThat(fixture.status("e-2")).isEqualTo(EventStatus.COMPLETED);
  }

  private static void backfill(StorageFixture fixture, String... ids) {
    BulkJobs jobs = fixture.storage().bulk();
    jobs.plan(
        new BulkPlan(
            "backfill",
            "token-of-backfill",
            BulkAction.BACKFILL,
            EventFilter.ALL,
            Optional.of(
                new Backfill(MAIL, List.of(TypePattern.ANY), Optional.empty(), Optional.empty())),
            fixture.events().newest(),
            Cursor.END,
            ids.length,
            jobs.now(),
            "ann"));
    assertThat(jobs.start("backfill", "ann", 0)).isTrue();
    List<Event> events = Stream.of(ids).map(id -> fixture.record(id).summary().event()).toList();
    assertThat(
            jobs.backfill(
                jobs.find("backfill").orElseThrow(),
                new BackfillChoice(events, Optional.of(Cursor.END))))
        .isPresent();
  }
}

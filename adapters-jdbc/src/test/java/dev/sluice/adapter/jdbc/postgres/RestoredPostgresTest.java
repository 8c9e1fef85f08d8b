package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that worked on the newest events of a database meets an older copy of it, as after a
/// failover that lost the last commits, or a restore: the sequences of the lost events are reused.
@Tag("slow")
final class RestoredPostgresTest {

  private static final WorkerId SURVIVOR = new WorkerId("survivor");
  private static final WorkerId OTHER = new WorkerId("other");
  private static final Duration LEASE = StorageFixture.LEASE;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();

  @Test
  void claimOfALostEvent_doesNotTouchTheEventThatHasItsNumber() throws Exception {
    try (var server = PostgresServer.start(folder)) {
      prepare(server);
      Claim lost = claimOfAnEventThatIsLost(server);
      clock.advance(Duration.ofSeconds(1));
      try (var restored = open(server, "restored")) {
        var storage = new StorageFixture(restored.storage(), clock);
        storage.append("new");
        Claim current = storage.queue().claim(OTHER, QuotaSamples.upTo(1), LEASE).getFirst();
        assertThat(current.sequence()).as("the sequence is reused").isEqualTo(lost.sequence());

        assertThat(storage.queue().extend(List.of(lost), LEASE)).containsExactly(lost);
        for (Resolution resolution : everyResolution(storage)) {
          assertThat(storage.queue().settle(List.of(new Settlement(lost, resolution))))
              .containsExactly(SettlementResult.LEASE_LOST);
        }
        assertThat(storage.status("new")).isEqualTo(EventStatus.PROCESSING);
        assertThat(storage.settle(current, Resolution.COMPLETE))
            .isEqualTo(SettlementResult.SETTLED);
      }
    }
  }

  private static List<Resolution> everyResolution(StorageFixture storage) {
    FailureCause cause = StorageFixture.CAUSE;
    return Stream.of(
            Resolution.COMPLETE,
            storage.retryIn(Duration.ZERO),
            new Resolution.DeadLetter(cause),
            new Resolution.HandBack())
        .toList();
  }

  /// Creates tables with one event, and a copy of them.
  private void prepare(PostgresServer server) throws Exception {
    try (var adapter = open(server, "postgres")) {
      new StorageFixture(adapter.storage(), clock).complete("old");
    }
    try (var connection = server.connect("template1");
        var statement = connection.createStatement()) {
      statement.execute("create database restored template postgres");
    }
  }

  private Claim claimOfAnEventThatIsLost(PostgresServer server) {
    try (var adapter = open(server, "postgres")) {
      adapter.storage().events().append(List.of(Events.routed(Events.event("lost"))));
      return adapter.storage().deliveries().claim(SURVIVOR, QuotaSamples.upTo(1), LEASE).getFirst();
    }
  }

  private PostgresAdapter open(PostgresServer server, String database) {
    String url = server.url().replaceFirst("/postgres$", "/" + database);
    return PostgresAdapter.open(
        PostgresSettings.of(url, 4, true), DatabaseClock.of(clock), StorageThreads.FACTORY);
  }
}

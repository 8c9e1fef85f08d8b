package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.EventStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database that refuses new events as PostgreSQL does when its disk is full.
final class PostgresFullDiskTest {

  /// The server's error when it cannot extend the file of a table.
  private static final String FILL =
      """
      create function refuse() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on event execute function refuse()
      """;

  private static final String MAKE_ROOM =
      "drop trigger if exists full_disk on event; drop function if exists refuse";

  @SuppressWarnings("NullAway.Init") // JUnit calls open() first.
  private PostgresAdapter adapter;

  @SuppressWarnings("NullAway.Init") // JUnit calls open() first.
  private EventStore events;

  @BeforeEach
  void open() {
    adapter = TestDatabase.empty(new SettableClock());
    events = adapter.storage().events();
  }

  @AfterEach
  void makeRoom() {
    TestDatabase.execute(MAKE_ROOM);
    adapter.close();
  }

  private AppendResult append(String id) {
    return events.append(List.of(Events.routed(Events.event(id)))).getFirst();
  }

  private boolean isFull() {
    return events.disk().map(DiskReport::isFull).orElseThrow();
  }

  @Test
  void refusedEvents_makeItFullUntilOneIsStored() {
    assertThat(append("before")).isInstanceOf(AppendResult.Stored.class);
    assertThat(isFull()).isFalse();

    TestDatabase.execute(FILL);
    assertThat(append("refused")).isInstanceOf(AppendResult.Full.class);
    assertThat(isFull()).isTrue();
    assertThat(events.counts().backlog()).as("reads go on").isEqualTo(1);

    TestDatabase.execute(MAKE_ROOM);
    assertThat(isFull()).isTrue();
    assertThat(append("refused")).isInstanceOf(AppendResult.Stored.class);
    assertThat(isFull()).isFalse();
  }

  /// Nothing was written for the duplicates.
  @Test
  void duplicates_doNotMakeItHaveRoom() {
    append("before");
    TestDatabase.execute(FILL);
    append("refused");
    TestDatabase.execute("drop trigger full_disk on event");

    assertThat(append("before")).isInstanceOf(AppendResult.Duplicate.class);

    assertThat(isFull()).isTrue();
  }
}

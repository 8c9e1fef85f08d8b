package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.Listing;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListingTest {

  private static final int MAX_LOOKS = 10;
  private static final int EVENTS = 2_000;

  @TempDir Path directory;

  /// Every event has the type, none of the first ones has the status: however long the search, each
  /// page does its share and returns where to continue.
  @Test
  void longSearch_isDoneInShares() throws SQLException {
    var settings = new SqliteSettings(directory);
    SqliteAdapter.open(settings, new SettableClock(), StorageThreads.FACTORY).close();
    var clock = new SettableClock();
    try (var database = new SqliteDatabase(settings, clock, StorageThreads.FACTORY)) {
      var storage = new StorageFixture(database.storage(), clock);
      storage.complete("wanted");
      storage.events().append(Events.many(EVENTS));

      List<Page<Long>> pages = pages(database);

      assertThat(pages).hasSizeGreaterThan(2);
      assertThat(pages.stream().flatMap(page -> page.items().stream())).containsExactly(1L);
    }
  }

  private static List<Page<Long>> pages(SqliteDatabase database) {
    EventFilter completed =
        EventFilter.ALL.withTypes(Set.of(Events.TYPE)).withStatuses(Set.of(EventStatus.COMPLETED));
    // Counts that report many deliveries in the status, so that the index of types is used.
    var many = new Counts();
    many.add(DeliveryStatus.COMPLETED, 1_000_000);
    var listing = new Listing(completed, database.timeRanges(), many, MAX_LOOKS);
    var pages = new ArrayList<Page<Long>>();
    Cursor cursor = Cursor.START;
    while (!cursor.equals(Cursor.END)) {
      var request = new PageRequest(cursor, 5);
      Page<Long> page =
          database.read(statements -> listing.page(statements, request, Long.MAX_VALUE));
      pages.add(page);
      cursor = page.next();
    }
    return pages;
  }
}

package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.ParkedRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Unparks deliveries whose subscription is no longer paused, see [DueTime].
final class Parking {

  private final SqliteDatabase database;
  private final Statements writing;
  private final WorkSignal signal;

  Parking(SqliteDatabase database, Statements writing, WorkSignal signal) {
    this.database = database;
    this.writing = writing;
    this.signal = signal;
  }

  /// The primary key of a parked delivery.
  private record Place(long dueAt, long seq, SubscriptionName subscription) {}

  /// Unparks deliveries. They are searched on a reader's connection, so that no write waits when
  /// there are none.
  int unpark(Set<SubscriptionName> paused, int limit) {
    List<Place> places = database.read(statements -> places(statements, paused, limit));
    return places.isEmpty() ? 0 : database.write(() -> unpark(places));
  }

  private static List<Place> places(Statements statements, Set<SubscriptionName> paused, int limit)
      throws SQLException {
    var places = new ArrayList<Place>();
    for (SubscriptionName subscription : ParkedRows.names(statements, ParkedSql.NAMES)) {
      if (!paused.contains(subscription) && places.size() < limit) {
        addPlaces(statements, subscription, limit - places.size(), places);
      }
    }
    return places;
  }

  private static void addPlaces(
      Statements statements, SubscriptionName subscription, int limit, List<Place> places)
      throws SQLException {
    PreparedStatement select = statements.of(ParkedSql.PARKED_OF_SUBSCRIPTION);
    select.setString(1, subscription.value());
    select.setInt(2, limit);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        places.add(new Place(row.getLong("due_at"), row.getLong("seq"), subscription));
      }
    }
  }

  private int unpark(List<Place> places) throws SQLException {
    PreparedStatement update = writing.of(ParkedSql.UNPARK);
    int unparked = 0;
    for (Place place : places) {
      update.setLong(1, place.dueAt());
      update.setLong(2, place.seq());
      update.setString(3, place.subscription().value());
      // It may have been cancelled since it was found.
      if (update.executeUpdate() == 1) {
        unparked++;
        signal.workArrived(DueTime.toInstant(place.dueAt()));
      }
    }
    return unparked;
  }
}

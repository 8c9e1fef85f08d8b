package dev.sluice.adapter.jdbc.response;

import dev.sluice.adapter.jdbc.AttemptRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.ResponseCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads responses, and the attempts that have one, over one connection.
public final class ResponseReads {

  private final Statements statements;

  public ResponseReads(Statements statements) {
    this.statements = statements;
  }

  /// Names an attempt of an event.
  private record Place(SubscriptionName subscription, int number) {}

  /// Returns the event with the responses to its attempts.
  public EventRecord complete(EventRecord found) throws SQLException {
    Map<Place, Response> responses = ofEvent(found.summary().event().id());
    if (responses.isEmpty()) {
      return found;
    }
    List<History> history =
        found.history().stream()
            .map(one -> new History(one.subscription(), complete(one, responses)))
            .toList();
    return new EventRecord(found.summary(), history, found.routedBy());
  }

  private static List<Attempt> complete(History history, Map<Place, Response> responses) {
    return history.attempts().stream()
        .map(
            attempt -> {
              var place = new Place(history.subscription(), attempt.number());
              return attempt.with(Optional.ofNullable(responses.get(place)));
            })
        .toList();
  }

  private Map<Place, Response> ofEvent(EventId id) throws SQLException {
    PreparedStatement select = statements.of(ResponseSql.OF_EVENT);
    select.setString(1, id.value());
    var responses = new HashMap<Place, Response>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var place = new Place(new SubscriptionName(row.getString(1)), row.getInt(2));
        ResponseCodec.decode(row.getString(3))
            .ifPresent(response -> responses.put(place, response));
      }
    }
    return responses;
  }

  /// Returns the newest attempts of a subscription that have a response.
  ///
  /// @param status only those with a response of this class; all when empty
  public List<RecentAttempt> newest(
      SubscriptionName subscription, Optional<StatusClass> status, int limit) throws SQLException {
    List<StatusClass> classes = status.map(List::of).orElse(Arrays.asList(StatusClass.values()));
    PreparedStatement select = statements.of(ResponseSql.newest(classes));
    int parameter = 1;
    for (int index = 0; index < classes.size(); index++) {
      select.setString(parameter, subscription.value());
      select.setInt(parameter + 1, limit);
      parameter += 2;
    }
    select.setInt(parameter, limit);
    var newest = new ArrayList<RecentAttempt>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        newest.add(read(row));
      }
    }
    return newest;
  }

  private static RecentAttempt read(ResultSet row) throws SQLException {
    return new RecentAttempt(
        new EventId(row.getString("id")),
        new EventType(row.getString("type")),
        AttemptRows.read(row).with(ResponseCodec.decode(row.getString("content"))));
  }
}

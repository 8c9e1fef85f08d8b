package dev.sluice.adapter.jdbc;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.NewEvent;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes events to rows and reads them back.
public final class EventRows {

  private static final String UNQUOTED = ":";

  private EventRows() {}

  /// Adds an event.
  ///
  /// @return false when the id is taken
  public static boolean insert(Statements statements, long seq, NewEvent newEvent)
      throws SQLException {
    Event event = newEvent.event();
    PreparedStatement insert = statements.of(EventSql.INSERT_EVENT);
    insert.setLong(1, seq);
    insert.setString(2, event.id().value());
    insert.setString(3, event.type().value());
    insert.setLong(4, event.occurredAt().toEpochMilli());
    insert.setLong(5, EpochNanos.of(event.receivedAt()));
    insert.setString(6, event.attributes().key().orElse(null));
    insert.setString(7, text(event.attributes()));
    insert.setString(8, event.payload().json());
    insert.setLong(9, checksum(event.payload().json()));
    insert.setString(10, newEvent.digest().map(ContentDigest::value).orElse(null));
    insert.setLong(11, newEvent.routedBy());
    return insert.executeUpdate() == 1;
  }

  /// Removes the time after which no attempt of an event begins, if it has one.
  public static void removeExpiry(Statements statements, long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.EXPIRING_ATTRIBUTES);
    select.setLong(1, seq);
    String stored = null;
    try (ResultSet row = select.executeQuery()) {
      stored = row.next() ? row.getString(1) : null;
    }
    if (stored != null) {
      PreparedStatement update = statements.of(EventSql.SET_ATTRIBUTES);
      update.setString(1, text(attributes(stored).withoutExpiry()));
      update.setLong(2, seq);
      update.executeUpdate();
    }
  }

  /// Returns the priority of a stored event.
  public static Priority priority(Statements statements, long seq) throws SQLException {
    PreparedStatement select = statements.of(EventSql.PRIORITIZED_ATTRIBUTES);
    select.setLong(1, seq);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? attributes(row.getString(1)).priority() : Priority.DEFAULT;
    }
  }

  /// Reads an event.
  ///
  /// @throws DamagedRowException when it differs from what was stored
  public static Event read(ResultSet row) throws SQLException {
    String id = row.getString("id");
    String json = row.getString("payload");
    if (checksum(json) != row.getLong("checksum")) {
      throw new DamagedRowException(id, row.getLong("seq"));
    }
    try {
      return new Event(
          new EventId(id),
          new EventType(row.getString("type")),
          Instant.ofEpochMilli(row.getLong("occurred_at")),
          EpochNanos.toInstant(row.getLong("received_at")),
          new Payload(json),
          attributes(row.getString("attributes")));
    } catch (RuntimeException e) {
      // Values that their own rules reject were never stored.
      throw new DamagedRowException(id, row.getLong("seq"));
    }
  }

  /// Returns the digest in a row; empty when there is none that can be read, so that it is computed
  /// again.
  public static Optional<ContentDigest> digest(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(ContentDigest::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Returns the CRC-32C (RFC 3720, B.4) of the UTF-8 form.
  public static long checksum(String payload) {
    var checksum = new CRC32C();
    checksum.update(payload.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  /// Encodes attributes, one per line, with a colon after the name when the value is not a string.
  /// Neither names nor values contain line breaks, and names contain neither `=` nor `:`.
  public static @Nullable String text(Attributes attributes) {
    if (attributes.values().isEmpty()) {
      return null;
    }
    return new TreeMap<>(attributes.values())
        .entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + (attributes.unquoted().contains(entry.getKey()) ? UNQUOTED : "")
                        + "="
                        + entry.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static Attributes attributes(@Nullable String text) {
    if (text == null) {
      return Attributes.NONE;
    }
    Map<String, String> values = new HashMap<>();
    Set<String> unquoted = new HashSet<>();
    text.lines()
        .forEach(
            line -> {
              String[] parts = line.split("=", 2);
              String name = parts[0];
              if (name.endsWith(UNQUOTED)) {
                name = name.substring(0, name.length() - UNQUOTED.length());
                unquoted.add(name);
              }
              values.put(name, parts[1]);
            });
    return new Attributes(values, unquoted);
  }
}

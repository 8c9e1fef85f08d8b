package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.FiguresCodec;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Stores the history of figures in a database, one row per slice.
public final class JdbcSeriesStore implements SeriesStore {

  private static final int PAGE = 500;

  private final DatabaseAccess database;

  public JdbcSeriesStore(DatabaseAccess database) {
    this.database = database;
  }

  record Row(Slice.Key key, String figures) {}

  @Override
  public void put(List<Slice> slices) {
    var _ =
        database.write(
            statements -> {
              PreparedStatement put = statements.of(SeriesSql.PUT);
              for (Slice slice : slices) {
                put.setLong(1, slice.key().tier().length().toSeconds());
                put.setLong(2, EpochNanos.of(slice.key().start()));
                put.setString(3, slice.key().node().value());
                put.setString(4, FiguresCodec.encode(slice));
                put.executeUpdate();
              }
              return slices.size();
            });
  }

  @Override
  public void read(Tier tier, Instant from, Instant to, Consumer<Slice> reader) {
    // No node has an empty name, so this lies before the first slice of that time.
    Instant after = from;
    String node = "";
    List<Row> page;
    do {
      page = page(tier, after, node, to);
      page.forEach(row -> FiguresCodec.decodeSlice(row.key(), row.figures()).ifPresent(reader));
      if (!page.isEmpty()) {
        after = page.getLast().key().start();
        node = page.getLast().key().node().value();
      }
    } while (page.size() == PAGE);
  }

  private List<Row> page(Tier tier, Instant after, String node, Instant to) {
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(SeriesSql.READ);
          select.setLong(1, tier.length().toSeconds());
          select.setLong(2, EpochNanos.of(after));
          select.setString(3, node);
          select.setLong(4, EpochNanos.of(to));
          select.setInt(5, PAGE);
          return rows(tier, select);
        });
  }

  private static List<Row> rows(Tier tier, PreparedStatement select) throws SQLException {
    var rows = new ArrayList<Row>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var key =
            new Slice.Key(
                tier,
                EpochNanos.toInstant(row.getLong("started_at")),
                new WorkerId(row.getString("node")));
        rows.add(new Row(key, row.getString("figures")));
      }
    }
    return rows;
  }

  @Override
  public int forget(Tier tier, Instant before, int limit) {
    return database.write(
        statements -> {
          PreparedStatement forget = statements.of(SeriesSql.FORGET);
          forget.setLong(1, tier.length().toSeconds());
          forget.setLong(2, tier.length().toSeconds());
          forget.setLong(3, EpochNanos.of(before));
          forget.setInt(4, limit);
          return forget.executeUpdate();
        });
  }
}

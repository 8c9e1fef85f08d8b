package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.FiguresCodec;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The registry of the nodes that share a PostgreSQL database.
final class PostgresNodeRegistry implements NodeRegistry {

  private final ConnectionPool pool;
  private final DatabaseClock clock;

  PostgresNodeRegistry(ConnectionPool pool, DatabaseClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public void report(NodeReport report) {
    pool.one(
        statements -> {
          PreparedStatement put = statements.of(PostgresSql.REPORT);
          clock.bind(put);
          put.setLong(2, MEMORY.toNanos());
          put.setString(3, report.id().value());
          put.setString(4, report.version());
          put.setLong(5, EpochNanos.of(report.startedAt()));
          put.setString(6, report.phase().wireName());
          put.setInt(7, report.inFlight());
          put.setInt(8, report.slots());
          put.setString(9, report.figures().map(FiguresCodec::encode).orElse(""));
          return put.executeUpdate();
        });
  }

  @Override
  public List<SeenNode> nodes() {
    return pool.one(
        statements -> {
          PreparedStatement select = statements.of(PostgresSql.NODES);
          clock.bind(select);
          select.setLong(2, MEMORY.toNanos());
          var nodes = new ArrayList<SeenNode>();
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              nodes.add(node(row));
            }
          }
          return nodes;
        });
  }

  private SeenNode node(ResultSet row) throws SQLException {
    var report =
        new NodeReport(
            new WorkerId(row.getString("id")),
            row.getString("version"),
            EpochNanos.toInstant(row.getLong("started_at")),
            NodeReport.Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
            row.getInt("in_flight"),
            row.getInt("slots"),
            FiguresCodec.decodeFigures(row.getString("figures")));
    return new SeenNode(report, clock.local().minusNanos(row.getLong("silent_for")));
  }
}

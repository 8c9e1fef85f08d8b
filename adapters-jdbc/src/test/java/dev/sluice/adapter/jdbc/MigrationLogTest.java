package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/// A start that changes tables says so before each step.
final class MigrationLogTest {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/sqlite";

  @TempDir Path directory;
  private final Logger logger = Logger.getLogger(MigrationLog.class.getName());
  private final Recorded recorded = new Recorded();

  private static final class Recorded extends Handler {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      messages.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void record() {
    logger.addHandler(recorded);
  }

  @AfterEach
  void release() {
    logger.removeHandler(recorded);
  }

  private DataSource database() {
    var database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + directory.resolve("sluice.db"));
    return database;
  }

  @Test
  void databaseOfAnEarlierVersion_isUpgradedWithALineForEachStep() {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database())
        .locations("classpath:" + MIGRATIONS)
        .table("schema_history")
        .target(MigrationVersion.fromVersion("12"))
        .load()
        .migrate();

    Schema.migrate(database(), "test", MIGRATIONS);

    assertThat(recorded.messages.getFirst())
        .startsWith("upgrading the database test to schema 13 (claims by subscription)");
    assertThat(recorded.messages.getLast()).isEqualTo("the database test has been upgraded");
  }

  @Test
  void newDatabase_isCreatedWithoutALine() {
    Schema.migrate(database(), "test", MIGRATIONS);
    Schema.migrate(database(), "test", MIGRATIONS);

    assertThat(recorded.messages).isEmpty();
  }
}

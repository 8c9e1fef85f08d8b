package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules for PostgreSQL migrations; CONTRIBUTING has the reasons. The first nine are older than the
/// rules: they are in databases, and an applied migration is never changed.
final class MigrationRulesTest {

  private static final int LAST_BEFORE_THE_RULES = 9;
  private static final Pattern NAME = Pattern.compile("V([0-9]+)__[a-z0-9_]+\\.sql");
  private static final Pattern NEW_TABLE =
      Pattern.compile("create (?:unlogged )?table (?:if not exists )?(\\w+)");
  private static final Pattern INDEX =
      Pattern.compile("create (?:unique )?index (concurrently )?.*? on (\\w+)");

  /// Each reads or rewrites the whole table under a lock, or breaks nodes of the previous version.
  private static final List<String> FORBIDDEN =
      List.of(
          "alter column",
          "set not null",
          "rename ",
          "drop column",
          "drop table",
          "vacuum full",
          "cluster ",
          "lock table");

  private static List<String> problems(String sql, boolean isTransactional) {
    String besideLoad = sql.replace("${concurrently}", "concurrently");
    String plain =
        besideLoad.replaceAll("--[^\n]*", "").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    var problems = new ArrayList<String>();
    FORBIDDEN.stream().filter(plain::contains).forEach(problems::add);
    List<String> made = NEW_TABLE.matcher(plain).results().map(found -> found.group(1)).toList();
    Matcher index = INDEX.matcher(plain);
    while (index.find()) {
      boolean isConcurrent = index.group(1) != null;
      if (!isConcurrent && !made.contains(index.group(2))) {
        problems.add("create index without concurrently on " + index.group(2));
      }
      if (isConcurrent && isTransactional) {
        problems.add("concurrently in a transaction");
      }
      if (isConcurrent && !sql.contains("${concurrently}")) {
        problems.add("concurrently behind a pooler, too");
      }
    }
    if (plain.contains("${without_lock_timeout}") && !plain.contains("reset lock_timeout")) {
      problems.add("later migrations would wait for locks without end");
    }
    for (String column : plain.split("add column", -1)) {
      if (column.matches("[^,;]* not null(?! default).*") && !column.contains("create table")) {
        problems.add("a new column must have a default or allow null");
      }
    }
    return problems;
  }

  private static boolean isTransactional(Path migration) throws IOException {
    Path settings = migration.resolveSibling(migration.getFileName() + ".conf");
    return !Files.exists(settings)
        || !Files.readString(settings).contains("executeInTransaction=false");
  }

  @Test
  void everyLaterMigration_keepsTheRules() throws IOException, URISyntaxException {
    Path first =
        Path.of(
            Objects.requireNonNull(
                    Schema.class.getResource("postgres/V1__events_and_deliveries.sql"))
                .toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(first.getParent()))) {
      for (Path file : files.sorted().toList()) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Integer.parseInt(name.group(1)) > LAST_BEFORE_THE_RULES) {
          assertThat(problems(Files.readString(file), isTransactional(file)))
              .as("%s", file)
              .isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create index a on event (type);",
        "create unique index a on event (type);",
        "create index concurrently a on event (type);",
        "alter table event alter column type type text;",
        "alter table event add column a integer not null;",
        "alter table event drop column type;",
        "alter table event rename column type to kind;",
        "${without_lock_timeout}; create index ${concurrently} a on event (type);"
      })
  void breach_isFound(String sql) {
    assertThat(problems(sql, true)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table a (b integer not null); create index c on a (b);",
        "alter table event add column a integer;",
        "alter table event add column a integer not null default 0;"
      })
  void whatIsAllowed_isLetThrough(String sql) {
    assertThat(problems(sql, true)).isEmpty();
  }

  @Test
  void indexMadeConcurrently_isLetThroughOutsideOfATransaction() {
    assertThat(problems("create index ${concurrently} a on event (type);", false)).isEmpty();
    assertThat(problems("create index concurrently a on event (type);", false)).isNotEmpty();
  }
}

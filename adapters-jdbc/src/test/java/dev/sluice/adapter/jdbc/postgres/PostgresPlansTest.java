package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.sql.BackfillSql;
import dev.sluice.adapter.jdbc.postgres.sql.ClaimSql;
import dev.sluice.adapter.jdbc.postgres.sql.DeliverySql;
import dev.sluice.adapter.jdbc.postgres.sql.LaneSql;
import dev.sluice.adapter.jdbc.postgres.sql.LeaseSql;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresEventSql;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import dev.sluice.adapter.jdbc.postgres.sql.SettlementSql;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.contract.SettableClock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever PostgreSQL believes about the sizes of tables, its plans look up what belongs to a
/// batch: they neither read a whole table nor compare each row of a batch with each other one. A
/// table that is analyzed when it is empty, and then filled, made claims and settlements quadratic.
final class PostgresPlansTest {

  /// Scans of other tables may read them whole.
  private static final Pattern SCAN_OF_LARGE_TABLE =
      Pattern.compile(
          "(Seq|Index|Index Only|Bitmap Heap) Scan .*"
              + "\\bon (event|waiting|leased|finished|attempt|responses|fan_out|blocked_lane)\\b.*");

  /// The partial index has nothing else.
  private static final String OF_ABANDONED = "waiting_abandoned";

  private static final Pattern JOIN_OF_ALL_PAIRS = Pattern.compile("Join Filter: .* = .*");

  private static final Pattern INDEX = Pattern.compile("Index (?:Only )?Scan using (waiting_\\w+)");

  /// Those of [Connections].
  private static final String SETTINGS =
      "set enable_seqscan = off; set jit = off; set plan_cache_mode = force_generic_plan";

  private static final Pattern QUOTED_OR_PARAMETER = Pattern.compile("'[^']*'|\\?");

  private static final List<String> TABLES =
      List.of(
          "event",
          "waiting",
          "leased",
          "finished",
          "attempt",
          "responses",
          "fan_out",
          "blocked_lane",
          "ordered_subscription",
          "subscription");

  @BeforeEach
  void empty() {
    TestDatabase.empty(new SettableClock()).close();
  }

  private static Map<String, String> statements() {
    Map<String, String> statements = new TreeMap<>();
    Stream.of(
            BackfillSql.class,
            ClaimSql.class,
            DeliverySql.class,
            LaneSql.class,
            LeaseSql.class,
            PostgresEventSql.class,
            PostgresSql.class,
            SettlementSql.class,
            WaitingSql.class)
        .flatMap(owner -> Arrays.stream(owner.getDeclaredFields()))
        .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == String.class)
        .forEach(field -> statements.put(nameOf(field), textOf(field)));
    // Others are parts of statements.
    statements
        .values()
        .removeIf(text -> !text.strip().matches("(?s)(with|select|insert|update|delete) .*"));
    return statements;
  }

  private static String nameOf(Field field) {
    return field.getDeclaringClass().getSimpleName() + "." + field.getName();
  }

  private static String textOf(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void neverAnalyzedTables_areNotReadWhole() throws SQLException {
    assertThat(wastefulNodes(statements())).isEmpty();
  }

  @Test
  void tablesAnalyzedWhenNearlyEmpty_areNotReadWhole() throws SQLException {
    leaveEmptyPages();

    assertThat(wastefulNodes(statements())).isEmpty();
  }

  /// With any other index, a claim would walk over the deliveries of all priorities for each one.
  @Test
  void claims_findWhatIsNextByTheIndexOfItsOrder() throws SQLException {
    assertClaimsUseTheirIndexes();
    leaveEmptyPages();
    assertClaimsUseTheirIndexes();
    fill();
    assertClaimsUseTheirIndexes();
  }

  /// A backlog of all priorities.
  private static void fill() {
    TestDatabase.execute(
        """
        insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                             priority)
        select 0, number, 'all', 1, 1,
               number - case number % 10 when 5 then 0 else 4611686018427387904 end, 0, 0,
               nullif(number % 10, 5)
        from generate_series(10000, 30000) number;
        analyze waiting;
        """);
  }

  private static void assertClaimsUseTheirIndexes() throws SQLException {
    assertThat(indexesOf(ClaimSql.CLAIM)).containsExactly("waiting_by_subscription");
    assertThat(indexesOf(ClaimSql.CLAIM_BY_RANK))
        .containsExactlyInAnyOrder(
            "waiting_by_subscription", "waiting_prioritized", "waiting_by_subscription");
  }

  /// Returns the indexes of waiting deliveries that a statement uses.
  private static List<String> indexesOf(String statement) throws SQLException {
    try (var connection = TestDatabase.connect();
        Statement session = connection.createStatement()) {
      session.execute(SETTINGS);
      return plan(session, statement).stream()
          .map(INDEX::matcher)
          .filter(Matcher::find)
          .map(match -> match.group(1))
          .toList();
    }
  }

  /// The check can fail.
  @Test
  void wastefulStatements_areFound() throws SQLException {
    leaveEmptyPages();
    String join =
        """
        with given as materialized (select * from unnest(?::bigint[]) as t(seq))
        delete from leased l using given t where l.seq = t.seq
        """;

    assertThat(wastefulNodes(Map.of("join", join)))
        .hasSize(2)
        .anyMatch(node -> node.contains("Join Filter: "))
        .anyMatch(node -> node.contains("on leased l"));
    assertThat(wastefulNodes(Map.of("longest", "select max(octet_length(payload)) from event")))
        .hasSize(1);
  }

  /// One row on the last page keeps the pages.
  private static void leaveEmptyPages() {
    TestDatabase.execute(
        """
        insert into leased (seq, subscription, siblings, bytes, due_at, started, spent, worker,
                            claimed_at, lease_until)
        select number, 'all', 1, 1, 1, 1, 1, 'worker', 1, 1 from generate_series(1, 2000) number;
        delete from leased where seq < 2000;
        insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent)
        select 0, number, 'all', 1, 1, 1, 1, 1 from generate_series(1, 2000) number;
        delete from waiting where seq < 2000;
        """);
    TABLES.forEach(table -> TestDatabase.execute("vacuum analyze " + table));
  }

  /// Returns the nodes of plans that cost more than the batch.
  private static List<String> wastefulNodes(Map<String, String> statements) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = TestDatabase.connect();
        Statement session = connection.createStatement()) {
      session.execute(SETTINGS);
      for (Map.Entry<String, String> statement : statements.entrySet()) {
        List<String> plan = plan(session, statement.getValue());
        for (int line = 0; line < plan.size(); line++) {
          if (isWasteful(plan, line)) {
            found.add(statement.getKey() + ": " + plan.get(line).strip());
          }
        }
      }
    }
    return found;
  }

  private static boolean isWasteful(List<String> plan, int line) {
    String node = plan.get(line);
    return JOIN_OF_ALL_PAIRS.matcher(node).find() || isUnlimitedScan(plan, line);
  }

  private static boolean isUnlimitedScan(List<String> plan, int line) {
    String node = plan.get(line);
    return SCAN_OF_LARGE_TABLE.matcher(node).find()
        && !node.contains(OF_ABANDONED)
        && !hasCondition(plan, line)
        && !isLimited(plan, line);
  }

  private static boolean hasCondition(List<String> plan, int line) {
    return detailsOf(plan, line).anyMatch(detail -> detail.matches("(Index|Recheck) Cond: .*"));
  }

  /// Returns the lines of a node itself: those below it up to the next node.
  private static Stream<String> detailsOf(List<String> plan, int line) {
    return plan.subList(line + 1, plan.size()).stream()
        .map(String::strip)
        .takeWhile(
            detail -> !detail.startsWith("->") && !detail.matches("(CTE|InitPlan|SubPlan) .*"));
  }

  /// Whether a limit ends the scan: only the locking of its rows lies between.
  private static boolean isLimited(List<String> plan, int line) {
    int depth = depthOf(plan.get(line));
    for (int above = line - 1; above >= 0; above--) {
      if (depthOf(plan.get(above)) < depth && isNode(plan.get(above))) {
        if (plan.get(above).contains("Limit")) {
          return true;
        }
        if (!plan.get(above).contains("LockRows")) {
          return false;
        }
        depth = depthOf(plan.get(above));
      }
    }
    return false;
  }

  private static boolean isNode(String line) {
    return line.contains("(cost=");
  }

  private static int depthOf(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static List<String> plan(Statement session, String text) throws SQLException {
    var parameters = new AtomicInteger();
    String numbered =
        QUOTED_OR_PARAMETER
            .matcher(text)
            .replaceAll(
                match ->
                    match.group().equals("?")
                        ? "\\$" + parameters.incrementAndGet()
                        : Matcher.quoteReplacement(match.group()));
    String nulls = String.join(", ", Collections.nCopies(parameters.get(), "null"));
    session.execute("prepare planned as " + numbered);
    var lines = new ArrayList<String>();
    try (ResultSet row =
        session.executeQuery(
            "explain execute planned" + (nulls.isEmpty() ? "" : "(" + nulls + ")"))) {
      while (row.next()) {
        lines.add(row.getString(1));
      }
    }
    session.execute("deallocate planned");
    return lines;
  }
}

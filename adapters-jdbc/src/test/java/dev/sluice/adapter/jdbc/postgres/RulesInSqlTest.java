package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.postgres.sql.ClaimSql;
import dev.sluice.adapter.jdbc.postgres.sql.DeliverySql;
import dev.sluice.adapter.jdbc.postgres.sql.LeaseSql;
import dev.sluice.adapter.jdbc.postgres.sql.SettlementSql;
import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.delivery.EventRecord.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The domain's rules that statements repeat, because the database applies them.
final class RulesInSqlTest {

  /// [dev.sluice.domain.delivery.DeliveryState.Processing#isHeldBy].
  @Test
  void settlementsAndExtensions_nameAttemptWorkerAndTimeOfTheClaim() {
    assertThat(List.of(SettlementSql.SETTLE, SettlementSql.SETTLE_WITH_RESPONSES, LeaseSql.EXTEND))
        .allSatisfy(
            statement ->
                assertThat(statement)
                    .contains(
                        "((l.seq, l.subscription, l.started, l.worker, l.claimed_at)",
                        "in (select t.seq, t.subscription, t.attempt, t.holder, t.since from"));
  }

  /// [dev.sluice.domain.port.BulkPlan#appliesTo].
  @Test
  void operatorActions_leaveAloneWhatChangedLater() {
    assertThat(DeliverySql.CANCEL)
        .contains("w.state in (0, 1)", "coalesce(w.entered_at", "& " + (DueTime.PARKED - 1))
        .contains("max(a.ended_at)", "<= meant.time");
    assertThat(List.of(DeliverySql.DISCARD, DeliverySql.REPLAY))
        .allSatisfy(
            statement ->
                assertThat(statement)
                    .contains("f.finished_at <= meant.time")
                    .contains("f.status = any((select statuses from chosen)"));
    assertThat(DeliverySql.DISCARD).contains("array[2] as statuses");
  }

  /// [History#MAX_ATTEMPTS].
  @Test
  void attempts_areDeletedBeyondTheMost() {
    int most = History.MAX_ATTEMPTS;

    assertThat(SettlementSql.SETTLE)
        .contains("t.started > " + most, "from attempt", "number <= t.started - " + most);
    assertThat(DeliverySql.CANCEL + DeliverySql.DISCARD + DeliverySql.REPLAY)
        .contains("t.started > " + most, "from attempt", "number <= t.started - " + most);
    assertThat(SettlementSql.SETTLE_WITH_RESPONSES)
        .contains("t.started > " + most, "from responses", "number <= t.started - " + most);
  }

  /// [DueTime#PARKED].
  @Test
  void parkedDeliveries_areKnownByTheSameNumber() {
    assertThat(WaitingSql.UNPARK).contains(Long.toString(DueTime.PARKED));
    assertThat(ClaimSql.CLAIM_BY_RANK).contains("- " + DueTime.PARKED);
  }
}

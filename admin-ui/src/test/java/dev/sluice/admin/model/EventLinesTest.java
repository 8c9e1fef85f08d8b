package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventLinesTest {

  private static final Instant AT = Instant.parse("2026-03-14T09:30:00Z");

  private static EventSummary event(String id, String message) {
    return new EventSummary(
        id,
        "t",
        AT,
        AT,
        Status.FAILED,
        6,
        null,
        null,
        "k",
        null,
        null,
        null,
        new Failure("E", message));
  }

  @Test
  void headAndLines_haveTheSameNumberOfCells() {
    assertThat(EventLines.CSV.head().split(",", -1))
        .hasSameSizeAs(EventLines.CSV.line(event("a", "b")).split(",", -1));
  }

  @Test
  void cellsWithSeparators_areQuoted() {
    assertThat(EventLines.CSV.line(event("a,b", "say \"no\"\nnow")))
        .startsWith("\"a,b\",t,failed,6,")
        .endsWith(",E,\"say \"\"no\"\"\nnow\"\r\n");
  }

  @Test
  void whatASpreadsheetWouldRun_isDefused() {
    assertThat(EventLines.CSV.line(event("=cmd()", "+1")))
        .startsWith("'=cmd(),")
        .endsWith(",'+1\r\n");
  }

  @Test
  void jsonLines_leaveOutWhatIsNotThere() {
    assertThat(EventLines.NDJSON.line(event("a", "b")))
        .isEqualTo(
            "{\"event_id\":\"a\",\"event_type\":\"t\",\"status\":\"failed\",\"attempts\":6,"
                + "\"occurred_at\":\"2026-03-14T09:30:00Z\",\"received_at\":\"2026-03-14T09:30:00Z\","
                + "\"key\":\"k\",\"error\":\"E\",\"message\":\"b\"}\n");
  }

  @Test
  void formatFollowsTheName() {
    assertThat(EventLines.forName("x.csv")).isEqualTo(EventLines.CSV);
    assertThat(EventLines.forName("x.ndjson")).isEqualTo(EventLines.NDJSON);
  }
}

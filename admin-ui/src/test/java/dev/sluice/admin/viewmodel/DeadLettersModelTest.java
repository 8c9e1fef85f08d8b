package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadLettersModelTest {

  private final Bench bench = Bench.connected();

  @BeforeEach
  void show() {
    bench.console.show(Screen.DEAD_LETTERS);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private DeadLettersModel model() {
    return bench.models().deadLetters();
  }

  @Test
  void group_narrowsListAndActionAlike() {
    model().choose(Optional.of(Sample.GROUP));

    assertThat(bench.service.requests("GET /events").getLast().path())
        .startsWith("/events?status=failed&error=" + Sample.GROUP);
    assertThat(model().events().filter().errors()).containsExactly(Sample.GROUP);
    assertThat(model().scope()).contains("NotFound: order <n> not found");
  }

  @Test
  void query_cannotLeaveTheDeadLetters() {
    model().events().apply(EventQuery.parse("status:completed type:order.paid"));

    assertThat(model().events().filter().statuses()).containsExactly(Status.FAILED);
    assertThat(model().scope())
        .isEqualTo("all dead letters that match status:completed type:order.paid");
  }

  @Test
  void mistypedQuery_leavesListScopeAndActionOfOneMind() {
    model().events().text().set("oops");
    model().events().apply();
    model().choose(Optional.of(Sample.GROUP));

    assertThat(model().events().filter().errors()).containsExactly(Sample.GROUP);
    assertThat(model().scope()).endsWith("order <n> not found”");
  }

  @Test
  void groupThatIsGone_leavesTheListAsItIs() {
    model().choose(Optional.of(Sample.GROUP));
    bench.service.on("GET /dead-letters/groups", Reply.json("[]"));
    bench.seconds(6);

    assertThat(model().chosen()).isEmpty();
    assertThat(model().group().get()).contains(Sample.GROUP);
    assertThat(model().scope()).isEqualTo("dead letters of one group");
  }
}

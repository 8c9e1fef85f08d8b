package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RowListTest {

  private final Bench bench = new Bench();
  private int stored = 1_000;

  @BeforeEach
  void showEvents() {
    bench.service.on("GET /events", request -> Sample.events(request, stored));
    bench.connect();
    bench.console.show(Screen.EVENTS);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private RowList list() {
    return bench.models().events().list();
  }

  private List<String> ids(int first, int last) {
    return list().rows().subList(first, last).stream().map(EventRow::id).toList();
  }

  @Test
  void firstPage_isThere() {
    assertThat(list().rows()).hasSize(100);
    assertThat(ids(0, 2)).containsExactly("order-1000", "order-999");
    assertThat(list().complete().get()).isFalse();
  }

  @Test
  void lookingNearTheEnd_loadsMore_untilTheLastOne() {
    for (int round = 0; round < 20; round++) {
      list().look(list().rows().size() - 20, list().rows().size() - 1);
    }

    assertThat(list().rows()).hasSize(1_000);
    assertThat(list().complete().get()).isTrue();
    assertThat(ids(998, 1_000)).containsExactly("order-2", "order-1");
  }

  @Test
  void newEvents_wait_andMoveNothing() {
    List<EventRow> before = List.copyOf(list().rows());
    stored = 1_037;
    bench.seconds(2);

    assertThat(list().rows()).isEqualTo(before);
    assertThat(list().waiting().get()).isEqualTo(new RowList.Waiting(37, false));
  }

  @Test
  void waitingEvents_comeInOnTop_andKnownRowsStayTheSame() {
    list().look(80, 99);
    List<EventRow> before = List.copyOf(list().rows());
    stored = 1_037;
    bench.seconds(2);
    list().showWaiting();

    assertThat(ids(0, 1)).containsExactly("order-1037");
    assertThat(list().rows().subList(37, list().rows().size())).isEqualTo(before);
    assertThat(list().waiting().get().count()).isZero();
  }

  @Test
  void moreThanAPageOfNewEvents_beginsAnewFromTheTop() {
    stored = 1_500;
    bench.seconds(2);
    assertThat(list().waiting().get()).isEqualTo(new RowList.Waiting(100, true));

    list().showWaiting();
    assertThat(ids(0, 1)).containsExactly("order-1500");
    assertThat(list().rows()).hasSize(100);
    list().look(80, 99);
    assertThat(ids(100, 101)).containsExactly("order-1400");
  }

  @Test
  void changedEvent_isBroughtUpToDateWhereItStands() {
    EventRow row = list().rows().get(3);
    bench.service.on(
        "GET /events",
        request -> {
          Reply page = Sample.events(request, stored);
          return new Reply(
              200,
              page.headers(),
              page.body()
                  .replace(
                      "\"order-997\",\"event_type\":\"invoice.sent\"",
                      "\"order-997\",\"event_type\":\"changed\""),
              false,
              false);
        });
    bench.seconds(2);

    assertThat(list().rows().get(3)).isSameAs(row);
    assertThat(row.data().get().eventType()).isEqualTo("changed");
  }

  @Test
  void eventThatLeftTheFilter_isMarkedAndStays() {
    bench.service.on(
        "GET /events",
        request -> {
          Reply page = Sample.events(request, stored);
          List<String> items =
              new ArrayList<>(List.of(page.body().split("(?<=}),(?=\\{\"event_id\")")));
          items.removeIf(item -> item.contains("\"order-995\""));
          return new Reply(200, page.headers(), String.join(",", items), false, false);
        });
    bench.seconds(2);

    assertThat(list().rows()).hasSize(100);
    assertThat(list().row("order-995").orElseThrow().gone().get()).isTrue();
    assertThat(list().rows()).filteredOn(row -> row.gone().get()).hasSize(1);
  }

  @Test
  void pageThatIsLookedAt_isFollowedToo() {
    list().look(80, 99);
    list().look(150, 170);
    bench.service.forget();
    bench.seconds(2);

    assertThat(bench.service.requests("GET /events"))
        .extracting(Request::path)
        .containsExactly(
            "/events?limit=100&payload=false", "/events?limit=200&payload=false&cursor=100");
  }

  @Test
  void answerOfAnEarlierFilter_isDropped() {
    bench.lanes.hold();
    bench.seconds(2);
    bench.models().events().apply(dev.sluice.admin.model.EventQuery.parse("status:failed"));
    bench.service.on("GET /events", request -> Sample.events(request, 3));
    bench.lanes.release();

    assertThat(ids(0, 3)).containsExactly("order-3", "order-2", "order-1");
    assertThat(list().rows()).hasSize(3);
  }

  @Test
  void pageThatCouldNotBeLoaded_canBeAskedForAgain() {
    bench.service.on("GET /events", Reply.problem(500, "internal_error", "oops"));
    list().look(80, 99);
    assertThat(list().moreFault().get()).isPresent();

    bench.service.on("GET /events", request -> Sample.events(request, stored));
    list().loadMore();
    assertThat(list().moreFault().get()).isEmpty();
    assertThat(list().rows()).hasSize(300);
  }

  @Test
  void pageThatCannotBeHad_isNotAskedForByLooking() {
    bench.service.on(
        "GET /events", Reply.problem(429, "rate_limited", "slow down").with("Retry-After", "60"));
    for (int round = 0; round < 50; round++) {
      list().look(80, 99);
    }

    assertThat(bench.service.requests("GET /events"))
        .filteredOn(request -> request.path().contains("cursor"))
        .hasSize(1);
  }

  @Test
  void furtherPageUnderWay_isDroppedWhenTheListBeginsAnew() {
    stored = 1_500;
    bench.seconds(2);
    bench.lanes.hold();
    list().loadMore();
    list().showWaiting();
    bench.lanes.release();
    list().look(80, 99);

    assertThat(ids(0, 1)).containsExactly("order-1500");
    assertThat(ids(100, 101)).containsExactly("order-1400");
  }

  @Test
  void listWithoutAnAnswer_isNotTakenForEmpty() {
    bench.lanes.hold();
    bench.models().events().apply(dev.sluice.admin.model.EventQuery.parse("key:slow"));
    assertThat(list().begun().get()).isFalse();

    bench.lanes.release();
    assertThat(list().begun().get()).isTrue();
  }

  @Test
  void emptyList_fillsByItself() {
    stored = 0;
    bench.models().events().apply(dev.sluice.admin.model.EventQuery.parse("key:none"));
    assertThat(list().rows()).isEmpty();
    assertThat(list().complete().get()).isTrue();

    stored = 2;
    bench.seconds(2);
    assertThat(list().rows()).hasSize(2);
  }

  @Test
  @Tag("slow")
  void hundredThousandRows_areTheMost() {
    stored = 300_000;
    bench.models().events().apply(dev.sluice.admin.model.EventQuery.ALL);
    while (list().rows().size() < RowList.MOST_ROWS) {
      int before = list().rows().size();
      list().loadMore();
      assertThat(list().rows().size()).isGreaterThan(before);
    }
    list().loadMore();

    assertThat(list().rows().size()).isBetween(RowList.MOST_ROWS, RowList.MOST_ROWS + 200);
  }
}

package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Profile.SavedView;
import dev.sluice.admin.testing.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventsModelTest {

  private final Bench bench = Bench.connected();

  @AfterEach
  void close() {
    bench.close();
  }

  private EventsModel events() {
    return bench.models().events();
  }

  private String lastList() {
    return bench.service.requests("GET /events").getLast().path();
  }

  @Test
  void query_isAskedForAtOnce() {
    bench.console.showEvents(EventQuery.parse("status:failed type:order.*"));

    assertThat(bench.console.screen().get()).isEqualTo(Screen.EVENTS);
    assertThat(events().text().get()).isEqualTo("status:failed type:order.*");
    assertThat(lastList())
        .isEqualTo(
            "/events?status=failed&event_type=order.created&event_type=order.paid"
                + "&limit=100&payload=false");
  }

  @Test
  void ageIsCountedFromTheMomentOfTheQuery_andStaysForItsPages() {
    bench.console.showEvents(EventQuery.parse("age:<1h"));
    bench.seconds(60);
    events().list().loadMore();

    assertThat(bench.service.requests("GET /events"))
        .extracting(Request::path)
        .allSatisfy(path -> assertThat(path).contains("start=2026-03-14T08%3A30%3A00Z"));
  }

  @Test
  void mistake_isSaidAndChangesNothing() {
    bench.console.showEvents(EventQuery.parse("status:failed"));
    bench.service.forget();
    events().text().set("status:oops");
    events().apply();

    assertThat(events().mistakes().get()).hasSize(1);
    assertThat(events().query().get()).hasToString("status:failed");
    assertThat(events().filter().statuses()).containsExactly(Status.FAILED);
    assertThat(bench.service.requests()).isEmpty();
    assertThat(events().list().rows()).isNotEmpty();
  }

  @Test
  void typePattern_isUnderstoodOnWhicheverScreenOneBegins() {
    try (var fresh = new Bench()) {
      fresh.console.show(Screen.EVENTS);
      fresh.connect();
      fresh.models().events().apply(EventQuery.parse("type:order.*"));

      assertThat(fresh.models().events().filter().types())
          .containsExactly("order.created", "order.paid");
    }
  }

  @Test
  void id_isGivenToBeOpened() {
    events().text().set("id:order-7");

    assertThat(events().apply()).contains("order-7");
  }

  @Test
  void selection_isForgottenWithAnotherQuery() {
    events().mark(java.util.Set.of("order-1"));
    events().apply(EventQuery.parse("key:a"));

    assertThat(events().selection().get()).isEmpty();
  }

  @Test
  void viewOfANameThatIsThere_isReplaced() {
    events().apply(EventQuery.parse("key:a"));

    assertThat(
            events()
                .viewsWith("mine", List.of(new SavedView("mine", "x"), new SavedView("b", "y"))))
        .containsExactly(new SavedView("b", "y"), new SavedView("mine", "key:a"));
  }
}

package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Request;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConsoleTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void firstRun_hasNoService() {
    bench.console.connect(Optional.empty());

    assertThat(bench.console.models().get()).isEmpty();
  }

  @Test
  void addressOnTheCommandLine_becomesAProfile_once() {
    bench.connect();
    bench.connect();

    assertThat(bench.store.preferences().profiles()).hasSize(1);
    assertThat(bench.store.preferences().current())
        .isEqualTo(bench.service.address().replace("http://", ""));
  }

  @Test
  void nextStart_connectsWithTheLastProfile() {
    bench.connect();
    var next = new Console(bench.lanes.lanes(), bench.store);
    next.connect(Optional.empty());

    assertThat(next.models().get().orElseThrow().session().profile().address())
        .isEqualTo(bench.service.address());
    next.close();
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void onlyTheScreenOnShow_asks(Screen screen) {
    bench.connect();
    bench.console.show(screen);
    bench.service.forget();
    bench.seconds(30);

    var asked =
        bench.service.requests().stream()
            .map(Request::bare)
            .filter(path -> !path.equals("/meta") && !path.equals("/bulk"))
            .collect(Collectors.toSet());
    switch (screen) {
      case OVERVIEW -> assertThat(asked).containsExactlyInAnyOrder("/stats", "/stats/series");
      case EVENTS -> assertThat(asked).containsExactly("/events");
      case DEAD_LETTERS ->
          assertThat(asked).containsExactlyInAnyOrder("/dead-letters/groups", "/events");
      case SUBSCRIPTIONS ->
          assertThat(asked)
              .containsExactlyInAnyOrder(
                  "/subscriptions", "/processing", "/stats", "/dead-letters/groups");
      case LANES -> assertThat(asked).containsExactly("/subscriptions");
      case SCHEDULES -> assertThat(asked).containsExactlyInAnyOrder("/schedules", "/stats/due");
      case NODES -> assertThat(asked).containsExactly("/nodes");
      case ACTIVITY -> assertThat(asked).containsExactly("/activity");
      case SETTINGS -> assertThat(asked).isEmpty();
    }
  }

  @Test
  void idleConsole_asksLessThanAFewTimesASecond() {
    bench.connect();
    bench.service.forget();
    bench.seconds(60);

    assertThat(bench.service.requests()).hasSizeLessThan(75);
  }

  @Test
  void intervalOfZero_asksOnlyWhenToldTo() {
    bench.connect();
    bench.console.settings().change(before -> before.withInterval(0));
    bench.service.forget();
    bench.seconds(600);
    assertThat(bench.service.requests()).extracting(Request::path).containsOnly("/meta");
    assertThat(bench.service.requests().size()).isLessThan(30);

    bench.console.refresh();
    assertThat(bench.service.requests("GET /stats")).isNotEmpty();
  }

  @Test
  void otherService_isShownWithoutAnythingOfTheFirst() {
    bench.connect();
    bench.console.showEvents(dev.sluice.admin.model.EventQuery.parse("key:a"));
    bench.models().open("order-1");
    bench.models().events().mark(java.util.Set.of("order-2"));
    try (FakeService other = FakeService.lively()) {
      bench.console.use(Profile.of("other", other.address()));
      bench.service.forget();
      bench.seconds(10);

      assertThat(bench.models().open().get()).isEmpty();
      assertThat(bench.models().events().selection().get()).isEmpty();
      assertThat(bench.models().events().query().get().isAll()).isTrue();
      assertThat(bench.service.requests()).isEmpty();
      assertThat(other.requests("GET /events")).isNotEmpty();
    }
  }

  @Test
  void noticesBeyondThree_pushOutTheOldest() {
    for (int number = 0; number < 5; number++) {
      bench.console.post(new Notice(Notice.Kind.DONE, "n" + number));
    }

    assertThat(bench.console.notices()).extracting(Notice::text).containsExactly("n2", "n3", "n4");
  }

  @Test
  void settingsThatAreNotKept_areToldAndHoldForNow() {
    bench.store.breakDown();
    bench.console.settings().change(before -> before.withTheme(Preferences.Theme.DARK));

    assertThat(bench.console.settings().preferences().get().theme())
        .isEqualTo(Preferences.Theme.DARK);
    assertThat(bench.console.notices())
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.FAILED);
  }
}

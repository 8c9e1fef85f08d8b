package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.model.StatusHistory;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.WebhookSample;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The status codes of a webhook over time, and how they and the list of attempts are read.
final class ReceiverModelTest {

  private static final String ATTEMPTS = "GET /subscriptions/partner/attempts";

  private final Bench bench = new Bench(WebhookSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private ReceiverModel open() {
    bench.console.show(Screen.SUBSCRIPTIONS);
    bench.models().subscriptions().open("partner");
    return bench.models().subscriptions().open().get().orElseThrow().receiver();
  }

  private static StatusHistory codes(ReceiverModel model) {
    return model.history().get().orElseThrow();
  }

  @Test
  void listAndStatusCodes_shareTheirRequests() {
    bench.service.on(ATTEMPTS, WebhookSample.manyAttempts());
    ReceiverModel model = open();
    bench.service.forget();
    bench.seconds(30);

    assertThat(bench.service.requests(ATTEMPTS))
        .hasSize(6)
        .extracting(Request::path)
        .containsOnly("/subscriptions/partner/attempts?limit=200");
    assertThat(model.listed()).hasSize(ReceiverModel.ATTEMPTS);
    assertThat(codes(model).total(StatusClass.ALL)).isEqualTo(200);
  }

  @Test
  void statusCodes_areOfAllClasses_andReadSeldom_whileTheListIsFiltered() {
    ReceiverModel model = open();
    bench.service.forget();
    model.filter().set(StatusClass.SERVER_ERROR);
    bench.seconds(29);
    assertThat(bench.service.requests(ATTEMPTS))
        .extracting(Request::path)
        .containsOnly("/subscriptions/partner/attempts?status=5xx&limit=50");

    bench.service.forget();
    bench.seconds(60);
    assertThat(bench.service.requests(ATTEMPTS))
        .extracting(Request::path)
        .filteredOn(path -> path.endsWith("attempts?limit=200"))
        .hasSize(2);
    assertThat(codes(model).total(StatusClass.ALL)).isEqualTo(4);
    assertThat(model.listed()).hasSize(1);
  }

  @Test
  void listWithoutFilter_isShownAgainAtOnce_andReadAtItsUsualPace() {
    ReceiverModel model = open();
    model.filter().set(StatusClass.SERVER_ERROR);
    bench.seconds(20);
    bench.service.forget();
    model.filter().set(StatusClass.ALL);
    assertThat(model.listed()).hasSize(5);
    bench.seconds(10);

    assertThat(bench.service.requests(ATTEMPTS))
        .hasSize(3)
        .extracting(Request::path)
        .containsOnly("/subscriptions/partner/attempts?limit=200");
  }

  @Test
  void timeOfTheStatusCodes_passes_whileTheAttemptsStayTheSame() {
    ReceiverModel model = open();
    Instant before = codes(model).until();
    bench.seconds(5);

    assertThat(codes(model).until()).isEqualTo(before.plusSeconds(5));
  }
}

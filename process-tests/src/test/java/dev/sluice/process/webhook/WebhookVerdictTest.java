package dev.sluice.process.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.process.DeliveredEvent;
import dev.sluice.process.DeliveredEvent.Delivered;
import dev.sluice.process.DeliveredEvent.Tried;
import dev.sluice.process.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each seeded violation is found, and counted as what it is.
final class WebhookVerdictTest {

  private static final int EVENTS = 20;

  /// An attempt of this event was cut by a kill after its request had arrived.
  private static final int CUT = 7;

  private final History sent = new History();
  private final List<Arrival> arrived = new ArrayList<>();
  private final List<DeliveredEvent> listed = new ArrayList<>();

  @BeforeEach
  void deliverAll() {
    for (int number = 0; number < EVENTS; number++) {
      sent.sending(id(number));
      sent.answered(id(number), 202);
      arrived.add(arrival(number, 1));
      listed.add(
          number == CUT
              ? delivered(number, "completed", "abandoned", "succeeded")
              : delivered(number, "completed", "succeeded"));
    }
    arrived.add(arrival(CUT, 2));
  }

  private static String id(int number) {
    return "e-" + number;
  }

  private static Arrival arrival(int event, int attempt) {
    return arrival(id(event), id(event), attempt, true);
  }

  private static Arrival arrival(String webhookId, String event, int attempt, boolean isValid) {
    return new Arrival("hook", webhookId, attempt, event, isValid, 0);
  }

  private static DeliveredEvent delivered(int event, String status, String... outcomes) {
    List<Tried> attempts = new ArrayList<>();
    for (String outcome : outcomes) {
      attempts.add(new Tried(attempts.size() + 1, outcome));
    }
    return new DeliveredEvent(
        id(event), "", 0, List.of(new Delivered("hook", status, List.copyOf(attempts))));
  }

  private WebhookVerdict verdict() {
    return WebhookVerdict.of(sent, arrived, listed);
  }

  /// The clean counts, with these violations.
  private static WebhookVerdict with(
      int events, int arrivals, int lost, int phantom, int unsigned, int misnamed) {
    return new WebhookVerdict(events, arrivals, 1, lost, phantom, unsigned, misnamed, 0, 0, 0, 0);
  }

  @Test
  void deliveredEvents_areClean() {
    assertThat(verdict()).isEqualTo(with(EVENTS, EVENTS + 1, 0, 0, 0, 0));
    assertThat(verdict().isClean()).isTrue();
  }

  @Test
  void acknowledgedEventThatIsNeitherListedNorArrives_isLost() {
    sent.sending("missing");
    sent.answered("missing", 202);

    assertThat(verdict().lost()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void arrivalWithoutValidSignature_isUnsignedAndItsEventLost() {
    arrived.set(3, arrival(id(3), id(3), 1, false));

    assertThat(verdict()).isEqualTo(with(EVENTS, EVENTS + 1, 1, 0, 1, 0));
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void completedDeliveryThatDidNotArrive_isLostAndUnexplained() {
    arrived.remove(3);

    assertThat(verdict().lost()).isEqualTo(1);
    assertThat(verdict().unexplained()).isEqualTo(1);
  }

  @Test
  void arrivalOfAnEventThatWasNotSent_isPhantom() {
    arrived.add(arrival("other", "other", 1, true));

    assertThat(verdict()).isEqualTo(with(EVENTS, EVENTS + 2, 0, 1, 0, 0));
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void duplicateWithAnotherWebhookId_isMisnamed() {
    arrived.set(EVENTS, arrival("another", id(CUT), 2, true));

    assertThat(verdict()).isEqualTo(with(EVENTS, EVENTS + 1, 0, 0, 0, 1));
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void deliveryThatIsNotCompleted_isUnfinished() {
    listed.set(3, delivered(3, "retrying", "abandoned"));

    assertThat(verdict().unfinished()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void attemptThatArrivesTwice_isRepeated() {
    arrived.add(arrival(3, 1));

    assertThat(verdict().repeated()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void attemptAfterTheCompletion_isLate() {
    arrived.add(arrival(3, 2));

    assertThat(verdict().late()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void earlierAttemptThatNoKillCut_isUnexplained() {
    listed.set(CUT, delivered(CUT, "completed", "failed", "succeeded"));

    assertThat(verdict().unexplained()).isEqualTo(1);
    assertThat(verdict().isClean()).isFalse();
  }
}

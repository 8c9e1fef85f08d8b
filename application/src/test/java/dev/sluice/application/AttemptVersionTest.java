package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/// Which version of a subscription an attempt runs under.
final class AttemptVersionTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Duration WAIT = Duration.ofSeconds(4);
  private static final EventHandler FAILS =
      (_, _) ->
          new Outcome.Failed(
              true,
              new FailureCause(FailureCause.Kind.HANDLER, "Away", "receiver is away"),
              Duration.ZERO);

  private static Subscription put(Node node, RetryPolicy retries) {
    var policy =
        new DeliveryPolicy(
            Optional.of(retries), Optional.empty(), Optional.empty(), Optional.empty());
    var definition =
        new SubscriptionDefinition(
            "", List.of(TypePattern.ANY), Optional.empty(), Samples.DESTINATION, policy);
    SubscriptionEdit edit =
        node.application
            .useCases()
            .manageSubscriptions()
            .put(MAIL, definition, Expected.ANY, "ann");
    if (edit instanceof SubscriptionEdit.Done(Subscription stored, boolean _, var _)) {
      return stored;
    }
    throw new AssertionError("not done: " + edit);
  }

  private static List<Long> versions(Node node) {
    return node.storage.record("e-1").history().getFirst().attempts().stream()
        .map(Attempt::subscriptionVersion)
        .toList();
  }

  @Test
  void attemptsBeforeAndAfterAChange_nameTheirOwnVersions() throws Exception {
    Node node = Node.with(FAILS, 1);
    Subscription first = put(node, Samples.retries(1, WAIT));
    node.startedWith(1);
    node.await("e-1", EventStatus.RETRYING);

    Subscription second = put(node, Samples.retries(1, WAIT.plusSeconds(1)));
    node.pass(WAIT);
    node.await("e-1", EventStatus.FAILED);

    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(versions(node)).containsExactly(first.version(), second.version());
    node.application.stop(Duration.ZERO);
  }

  @Test
  void changeDuringAnAttempt_neitherRenamesNorGovernsIt() throws Exception {
    var end = new Semaphore(0);
    var begun = new Semaphore(0);
    Node node =
        Node.with(
            (event, attempt) -> {
              begun.release();
              end.acquire();
              return FAILS.handle(event, attempt);
            },
            1);
    Subscription first = put(node, Samples.retries(1, WAIT));
    node.startedWith(1);
    begun.acquire();

    var _ = put(node, Samples.retries(0, WAIT));
    end.release();
    node.await("e-1", EventStatus.RETRYING);

    assertThat(versions(node)).containsExactly(first.version());
    node.application.stop(Duration.ZERO);
  }

  @Test
  void attemptThatWasInterruptedAndHandedBack_namesItsVersion() throws Exception {
    var handler = HeldHandler.obedient();
    Node node = Node.with(handler, 1);
    Subscription first = put(node, Samples.AT_ONCE);
    node.startedWith(1);
    Eventually.holds("the handler runs", () -> handler.begun() == 1);

    node.application.stop(Duration.ZERO);

    assertThat(versions(node)).containsExactly(first.version());
  }

  @Test
  void attemptOfTheBuiltInSubscription_namesNone() throws Exception {
    Node node = Node.with((_, _) -> Outcome.SUCCEEDED, 1).startedWith(1);
    node.await("e-1", EventStatus.COMPLETED);

    assertThat(versions(node)).containsExactly(0L);
    node.application.stop(Duration.ZERO);
  }
}

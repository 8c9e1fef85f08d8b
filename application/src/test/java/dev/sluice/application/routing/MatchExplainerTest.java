package dev.sluice.application.routing;

import static dev.sluice.application.routing.RoutingTableTest.event;
import static dev.sluice.application.routing.RoutingTableTest.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.Mismatch;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatchExplainerTest {

  private static final Event EVENT = event("order.paid", "shop", "country=DE");

  private static MatchExplanation explain(Subscription subscription) {
    return new MatchExplainer(PlainFilters.FORMAT).explain(subscription, EVENT);
  }

  @Test
  void eventThatIsRouted_matches() {
    assertThat(explain(subscription("a", "", "order.*"))).isEqualTo(new MatchExplanation.Matches());
    assertThat(explain(subscription("a", "payload.country=DE", "*")))
        .isEqualTo(new MatchExplanation.Matches());
  }

  @Test
  void otherType_isTheReason() {
    assertThat(explain(subscription("a", "source=x", "refund")))
        .isEqualTo(new MatchExplanation.OtherType(List.of(new TypePattern("refund"))));
  }

  @Test
  void failedCondition_isNamed() {
    assertThat(explain(subscription("a", "source=shop;payload.country=AT,FR", "*")))
        .isEqualTo(
            new MatchExplanation.FilterDoesNotMatch(
                new Mismatch.FailedField(
                    List.of("payload", "country"), "/payload.country", "AT,FR", false)));
  }

  @Test
  void subscriptionThatCannotMatch_saysWhy() {
    assertThat(explain(subscription("a", "?", "*")))
        .isEqualTo(new MatchExplanation.FilterNotUnderstood("not understood"));
    assertThat(explain(subscription("a", "", "*").with(Lifecycle.CANCELLING)))
        .isEqualTo(new MatchExplanation.TakesNoEvents(Lifecycle.CANCELLING));
  }
}

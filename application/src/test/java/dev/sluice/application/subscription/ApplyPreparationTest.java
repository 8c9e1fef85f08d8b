package dev.sluice.application.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.application.subscription.SubscriptionPlan.Unanswered;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Receivers are asked before declared subscriptions are stored.
final class ApplyPreparationTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SubscriptionStore store = MemoryAdapter.subscriptions();
  private final Receivers receivers = new Receivers();

  /// Notes who is asked.
  private static final class Receivers implements DestinationPreparation {

    private final List<String> asked = new ArrayList<>();
    private final Map<SubscriptionName, RefusedDestinationException> refusals = new HashMap<>();

    @Override
    public Prepared prepare(
        SubscriptionName owner, Destination wanted, Optional<Destination> before) {
      asked.add(owner.value());
      RefusedDestinationException refusal = refusals.get(owner);
      if (refusal != null) {
        throw refusal;
      }
      return new Prepared(wanted, Optional.empty());
    }

    @Override
    public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
      throw new AssertionError("no secret is rotated");
    }
  }

  private ApplySubscriptions applying() {
    return new ApplySubscriptions(store, receivers, new SettableClock());
  }

  private static List<DeclaredSubscription> declared(String type, String... names) {
    var definition =
        SubscriptionDefinition.of(List.of(new TypePattern(type)), new Destination.Log());
    return Arrays.stream(names)
        .map(name -> new DeclaredSubscription(new SubscriptionName(name), definition))
        .toList();
  }

  private List<String> stored() {
    return store.all().subscriptions().stream()
        .map(Subscription::name)
        .map(String::valueOf)
        .toList();
  }

  @Test
  void eachReceiver_isAskedOnceForAFile() {
    ApplySubscriptions apply = applying();
    apply.plan(declared("order.*", "audit", "mail"), Options.DEFAULT);

    apply.apply(declared("order.*", "audit", "mail"), Options.DEFAULT, "ann");

    assertThat(receivers.asked).containsExactly("audit", "mail");
    assertThat(stored()).containsExactly("audit", "mail");
  }

  @Test
  void receiverThatDoesNotRespond_isAskedOnceAndTheRestIsStored() {
    receivers.refusals.put(MAIL, RefusedDestinationException.temporary("/handshake", "timed out"));
    ApplySubscriptions apply = applying();
    apply.plan(declared("order.*", "audit", "mail"), Options.DEFAULT);

    Result result = apply.apply(declared("order.*", "audit", "mail"), Options.DEFAULT, "ann");

    assertThat(((Result.Applied) result).plan().unanswered())
        .singleElement()
        .returns(MAIL, Unanswered::name)
        .satisfies(one -> assertThat(one.reason()).contains("mail", "timed out"));
    assertThat(receivers.asked).containsExactly("audit", "mail");
    assertThat(stored()).containsExactly("audit");

    receivers.refusals.clear();
    applying().apply(declared("order.*", "audit", "mail"), Options.DEFAULT, "ann");
    assertThat(stored()).containsExactly("audit", "mail");
  }

  @Test
  void storedSubscriptionWhoseReceiverDoesNotRespond_staysAsItIs() {
    applying().apply(declared("order.*", "mail"), Options.DEFAULT, "ann");
    receivers.refusals.put(MAIL, RefusedDestinationException.temporary("/handshake", "timed out"));

    applying().apply(declared("invoice.*", "mail"), Options.DEFAULT, "ann");

    assertThat(store.all().subscriptions())
        .singleElement()
        .extracting(Subscription::definition)
        .isEqualTo(declared("order.*", "mail").getFirst().definition());
  }

  @Test
  void receiverThatRefuses_refusesTheFile() {
    receivers.refusals.put(MAIL, new RefusedDestinationException("/url", "must not be reached"));

    assertThatExceptionOfType(UnusableSubscriptionException.class)
        .isThrownBy(
            () -> applying().apply(declared("order.*", "audit", "mail"), Options.DEFAULT, "ann"))
        .withMessageContaining("must not be reached");
    assertThat(stored()).isEmpty();
  }
}

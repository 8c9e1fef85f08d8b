package dev.sluice.application.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Others change the subscriptions between the comparison and the change.
final class ApplyConflictTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final SubscriptionDefinition DEFINITION =
      SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log());
  private static final List<DeclaredSubscription> DECLARED =
      List.of(new DeclaredSubscription(MAIL, DEFINITION));

  private final SubscriptionStore store = MemoryAdapter.subscriptions();

  private Result applyAfter(Runnable intervention) {
    return new ApplySubscriptions(
            new Overtaken(store, intervention), DestinationPreparation.none(), new SettableClock())
        .apply(DECLARED, Options.DEFAULT, "ann");
  }

  private void put(Origin origin, Lifecycle lifecycle) {
    store.change(
        List.of(new SubscriptionChange(MAIL, Expected.ANY, DEFINITION, lifecycle, origin)),
        "bob",
        SettableClock.START);
  }

  /// Somebody else is always faster.
  private record Overtaken(SubscriptionStore store, Runnable intervention)
      implements SubscriptionStore {

    @Override
    public boolean canOrder() {
      return store.canOrder();
    }

    @Override
    public long version() {
      return store.version();
    }

    @Override
    public SubscriptionSet all() {
      return store.all();
    }

    @Override
    public Optional<Changes> changedSince(long version, int limit) {
      return store.changedSince(version, limit);
    }

    @Override
    public SubscriptionChangeResult change(
        List<SubscriptionChange> changes, String by, Instant at) {
      intervention.run();
      return store.change(changes, by, at);
    }

    @Override
    public List<Subscription> versions(SubscriptionName name, int limit) {
      return store.versions(name, limit);
    }
  }

  @Test
  void otherNodeWithTheSameFile_isNoConflict() {
    Result result = applyAfter(() -> put(Origin.FILE, Lifecycle.ACTIVE));

    assertThat(result).isInstanceOf(Result.Applied.class);
    assertThat(store.all().subscriptions())
        .singleElement()
        .extracting("changedBy")
        .isEqualTo("bob");
  }

  @Test
  void operatorWhoWasFaster_isNotOverwritten() {
    Result result = applyAfter(() -> put(Origin.API, Lifecycle.ACTIVE));

    assertThat(result).isInstanceOf(Result.Refused.class);
    assertThat(store.all().subscriptions())
        .singleElement()
        .extracting("origin")
        .isEqualTo(Origin.API);
  }

  @Test
  void endlessChanges_endAsAConflict() {
    Result result = applyAfter(() -> put(Origin.API, Lifecycle.FINISHING));

    assertThat(result).isInstanceOf(Result.Conflict.class);
  }
}

package dev.sluice.application.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.application.subscription.ManageSubscriptions.Deliveries;
import dev.sluice.application.subscription.SubscriptionPlan.Action;
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
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ApplySubscriptionsTest {

  private static final Options TAKE_OVER = new Options(true, Deliveries.FINISH);
  private static final Options CANCEL = new Options(false, Deliveries.CANCEL);

  private final SubscriptionStore store = MemoryAdapter.subscriptions();
  private final ApplySubscriptions apply =
      new ApplySubscriptions(store, DestinationPreparation.none(), new SettableClock());

  private static SubscriptionDefinition definition(String type) {
    return SubscriptionDefinition.of(List.of(new TypePattern(type)), new Destination.Log());
  }

  private static DeclaredSubscription one(String name, String type) {
    return new DeclaredSubscription(new SubscriptionName(name), definition(type));
  }

  private static List<DeclaredSubscription> declared(String... names) {
    return Arrays.stream(names).map(name -> one(name, "order.*")).toList();
  }

  private SubscriptionPlan applied(List<DeclaredSubscription> declared, Options options) {
    return ((Result.Applied) apply.apply(declared, options, "ann")).plan();
  }

  private SubscriptionPlan applied(String... names) {
    return applied(declared(names), Options.DEFAULT);
  }

  private void put(String name, Lifecycle lifecycle, Origin origin) {
    var change =
        new SubscriptionChange(
            new SubscriptionName(name), Expected.ANY, definition("order.*"), lifecycle, origin);
    store.change(List.of(change), "bob", SettableClock.START);
  }

  private List<String> stored() {
    return store.all().subscriptions().stream()
        .map(one -> one.name() + " " + one.lifecycle().wireName() + " " + one.origin())
        .toList();
  }

  private Subscription current(String name) {
    return store.versions(new SubscriptionName(name), 1).getFirst();
  }

  @Test
  void declaredSubscriptions_areCreatedAtOnce() {
    SubscriptionPlan plan = applied("mail", "audit");

    assertThat(plan.count(Action.CREATE)).isEqualTo(2);
    assertThat(stored()).containsExactly("audit active FILE", "mail active FILE");
    assertThat(current("mail").version()).isEqualTo(current("audit").version());
    assertThat(current("mail").changedBy()).isEqualTo("ann");
  }

  @Test
  void secondApply_changesNothing() {
    applied("mail", "audit");
    long version = store.version();

    SubscriptionPlan again = applied("audit", "mail");

    assertThat(again.isEmpty()).isTrue();
    assertThat(again.unchanged()).isEqualTo(2);
    assertThat(store.version()).isEqualTo(version);
  }

  @Test
  void changedDefinition_aloneGetsANewVersion() {
    applied("mail", "audit");
    long before = current("audit").version();

    SubscriptionPlan plan =
        applied(List.of(one("mail", "invoice.*"), one("audit", "order.*")), Options.DEFAULT);

    assertThat(plan.count(Action.UPDATE)).isOne();
    assertThat(current("mail").definition()).isEqualTo(definition("invoice.*"));
    assertThat(current("audit").version()).isEqualTo(before);
  }

  @Test
  void subscriptionThatIsNoLongerDeclared_finishesItsDeliveries() {
    applied("mail", "audit");

    SubscriptionPlan plan = applied("mail");

    assertThat(plan.count(Action.DELETE)).isOne();
    assertThat(stored()).containsExactly("audit finishing FILE", "mail active FILE");
    assertThat(applied("mail").isEmpty()).isTrue();
  }

  @Test
  void cancel_alsoAppliesToDeletedOnesThatStillFinish() {
    applied("mail", "audit", "left");
    applied("mail", "audit");

    applied(declared("mail"), CANCEL);

    assertThat(stored())
        .containsExactly("audit cancelling FILE", "left cancelling FILE", "mail active FILE");
    assertThat(applied(declared("mail"), CANCEL).isEmpty()).isTrue();
  }

  @Test
  void emptyFile_deletesOnlyWhatFilesDeclared() {
    applied("mail");
    put("manual", Lifecycle.ACTIVE, Origin.API);

    applied();

    assertThat(stored()).containsExactly("mail finishing FILE", "manual active API");
  }

  @Test
  void subscriptionOfTheApi_isRefusedByNameAndNothingIsStored() {
    put("manual", Lifecycle.ACTIVE, Origin.API);
    put("other", Lifecycle.ACTIVE, Origin.API);

    Result result = apply.apply(declared("mail", "manual"), Options.DEFAULT, "ann");

    assertThat(((Result.Refused) result).plan().madeByApi())
        .containsExactly(new SubscriptionName("manual"));
    assertThat(stored()).containsExactly("manual active API", "other active API");
  }

  @Test
  void takeOver_makesTheFileTheOwner() {
    put("manual", Lifecycle.ACTIVE, Origin.API);

    SubscriptionPlan plan = applied(declared("manual"), TAKE_OVER);

    assertThat(plan.count(Action.TAKE_OVER)).isOne();
    assertThat(stored()).containsExactly("manual active FILE");
    assertThat(applied("manual").isEmpty()).isTrue();
  }

  @Test
  void deletedSubscriptionThatFinishes_isCreatedAgain() {
    put("manual", Lifecycle.FINISHING, Origin.API);

    assertThat(applied("manual").count(Action.CREATE)).isOne();
    assertThat(stored()).containsExactly("manual active FILE");
  }

  @Test
  void deletedSubscriptionThatCancels_waitsAndTheRestIsStored() {
    put("mail", Lifecycle.CANCELLING, Origin.FILE);

    SubscriptionPlan plan = applied("mail", "audit");

    assertThat(plan.beingCancelled()).containsExactly(new SubscriptionName("mail"));
    assertThat(stored()).containsExactly("audit active FILE", "mail cancelling FILE");

    put("mail", Lifecycle.DELETED, Origin.FILE);

    assertThat(applied("mail", "audit").count(Action.CREATE)).isOne();
  }

  @Test
  void plan_storesNothing() {
    SubscriptionPlan plan = apply.plan(declared("mail"), Options.DEFAULT);

    assertThat(plan.count(Action.CREATE)).isOne();
    assertThat(store.version()).isZero();
  }

  @Test
  void tooMany_areRefusedTogether() {
    List<DeclaredSubscription> many =
        IntStream.rangeClosed(0, SubscriptionStore.MAX_SUBSCRIPTIONS)
            .mapToObj(number -> one("s-" + number, "order.*"))
            .toList();

    assertThat(apply.apply(many, Options.DEFAULT, "ann")).isInstanceOf(Result.Full.class);
    assertThat(store.version()).isZero();
  }

  @Test
  void nameDeclaredTwice_isTheCallersMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> applied("mail", "mail"))
        .withMessageContaining("mail");
  }
}

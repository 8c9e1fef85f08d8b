package dev.sluice.application.subscription;

import static dev.sluice.application.subscription.Subscriptions.MAIL;
import static dev.sluice.application.subscription.Subscriptions.definition;
import static dev.sluice.application.subscription.Subscriptions.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.application.fixture.HookedSubscriptions;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.subscription.ManageSubscriptions.Deliveries;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ManageSubscriptionsTest {

  private final Subscriptions subscriptions = new Subscriptions();
  private final ManageSubscriptions here = subscriptions.here;
  private final ManageSubscriptions elsewhere = subscriptions.manager(subscriptions.newCache());

  private static SubscriptionDefinition described(SubscriptionDefinition before, String text) {
    return new SubscriptionDefinition(
        text, before.types(), before.filter(), before.destination(), before.policy());
  }

  private SubscriptionEdit delete(Optional<Deliveries> deliveries) {
    return here.delete(MAIL, deliveries, Expected.ANY, "ann");
  }

  @Test
  void firstSubscription_isInForceAtOnceInPlaceOfTheBuiltInOne() {
    SubscriptionEdit edit = here.put(MAIL, definition("order.*"), Expected.ANY, "ann");

    assertThat(edit)
        .isEqualTo(
            new SubscriptionEdit.Done(
                new Subscription(
                    MAIL,
                    1,
                    definition("order.*"),
                    Lifecycle.ACTIVE,
                    Origin.API,
                    "ann",
                    subscriptions.storage.now()),
                true,
                Optional.empty()));
    assertThat(subscriptions.cache.current().all()).containsExactly(done(edit));
  }

  @Test
  void sameDefinition_makesNoNewVersion() {
    Subscription first = subscriptions.put(MAIL, "a");

    assertThat(here.put(MAIL, definition("a"), Expected.ANY, "bob"))
        .isEqualTo(new SubscriptionEdit.Unchanged(first));
    assertThat(here.versions(MAIL, 10)).containsExactly(first);
  }

  @Test
  void replacement_isANewVersionThatContinuesTheHistory() {
    Subscription first = subscriptions.put(MAIL, "a");

    SubscriptionEdit edit = here.put(MAIL, definition("b"), Expected.ANY, "bob");

    assertThat(edit).isInstanceOf(SubscriptionEdit.Done.class);
    assertThat(here.versions(MAIL, 10)).containsExactly(done(edit), first);
  }

  @Test
  void unexpectedVersion_isAConflictWithWhatIsStored() {
    Subscription first = subscriptions.put(MAIL, "a");
    Subscription second = subscriptions.put(MAIL, "b");
    var conflict = new SubscriptionEdit.Conflict(Optional.of(second));
    var old = new Expected.Version(first.version());

    assertThat(here.put(MAIL, definition("c"), old, "bob")).isEqualTo(conflict);
    assertThat(here.put(MAIL, definition("b"), old, "bob")).isEqualTo(conflict);
    assertThat(here.put(MAIL, definition("c"), Expected.ABSENT, "bob")).isEqualTo(conflict);
    assertThat(here.edit(MAIL, _ -> definition("c"), old, "bob")).isEqualTo(conflict);
    assertThat(here.delete(MAIL, Optional.empty(), old, "bob")).isEqualTo(conflict);
    assertThat(here.put(new SubscriptionName("new"), definition("c"), old, "bob"))
        .isEqualTo(new SubscriptionEdit.Conflict(Optional.empty()));
    assertThat(subscriptions.cache.current().all()).containsExactly(second);
  }

  @Test
  void changeOfAnotherNode_isSeenBeforeEditing() {
    subscriptions.put(MAIL, "a");
    Subscription other = done(elsewhere.put(MAIL, definition("b"), Expected.ANY, "bob"));

    SubscriptionEdit edit = here.edit(MAIL, it -> described(it, "x"), Expected.ANY, "ann");

    assertThat(done(edit).definition()).isEqualTo(described(other.definition(), "x"));
  }

  @Test
  void editsAtOnce_loseNothing() {
    subscriptions.put(MAIL, "a");

    SubscriptionEdit edit =
        here.edit(
            MAIL,
            before -> {
              if (before.types().equals(definition("a").types())) {
                done(elsewhere.put(MAIL, definition("b"), Expected.ANY, "bob"));
              }
              return described(before, "edited");
            },
            Expected.ANY,
            "ann");

    assertThat(done(edit).definition()).isEqualTo(described(definition("b"), "edited"));
  }

  @Test
  void subscriptionThatOthersAlwaysChange_isAConflictInTheEnd() {
    subscriptions.put(MAIL, "a");

    SubscriptionEdit edit =
        here.edit(
            MAIL,
            before -> {
              String next = "b" + before.types().getFirst().glob();
              done(elsewhere.put(MAIL, definition(next), Expected.ANY, "bob"));
              return described(before, "edited");
            },
            Expected.ANY,
            "ann");

    assertThat(edit).isInstanceOf(SubscriptionEdit.Conflict.class);
  }

  @Test
  void editOfAnUnknownSubscription_findsNone() {
    assertThat(here.edit(MAIL, it -> it, Expected.ANY, "ann"))
        .isEqualTo(new SubscriptionEdit.NotFound());
    assertThat(delete(Optional.empty())).isEqualTo(new SubscriptionEdit.NotFound());
  }

  @Test
  void builtInSubscription_isOnlyReplacedByOneOfItsName() {
    var name = SubscriptionName.DEFAULT;
    var builtIn = new SubscriptionEdit.BuiltIn();

    assertThat(here.edit(name, it -> it, Expected.ANY, "ann")).isEqualTo(builtIn);
    assertThat(here.delete(name, Optional.of(Deliveries.CANCEL), Expected.ANY, "ann"))
        .isEqualTo(builtIn);
    var read = new Expected.Version(Samples.BUILT_IN.version());
    assertThat(here.put(MAIL, definition("a"), read, "ann"))
        .isEqualTo(new SubscriptionEdit.Conflict(Optional.empty()));
    assertThat(done(here.put(name, definition("a"), read, "ann")).version()).isEqualTo(1);
    assertThat(here.put(name, definition("b"), read, "ann"))
        .isInstanceOf(SubscriptionEdit.Conflict.class);
  }

  @Test
  void subscriptionOfAFile_isChangedOnlyThere() {
    subscriptions.store.change(
        List.of(
            new SubscriptionChange(
                MAIL, Expected.ANY, definition("a"), Lifecycle.ACTIVE, Origin.FILE)),
        "file",
        subscriptions.storage.now());

    assertThat(here.put(MAIL, definition("b"), Expected.ANY, "ann"))
        .isInstanceOf(SubscriptionEdit.ManagedByFile.class);
    assertThat(here.edit(MAIL, it -> described(it, "x"), Expected.ANY, "ann"))
        .isInstanceOf(SubscriptionEdit.ManagedByFile.class);
    assertThat(delete(Optional.of(Deliveries.FINISH)))
        .isInstanceOf(SubscriptionEdit.ManagedByFile.class);
  }

  @Test
  void unfinishedDeliveries_keepASubscriptionFromBeingDeletedByChance() {
    Subscription mail = subscriptions.put(MAIL, "a");
    subscriptions.append("1");
    subscriptions.append("2");

    assertThat(delete(Optional.empty())).isEqualTo(new SubscriptionEdit.HasDeliveries(2));
    assertThat(subscriptions.cache.find(MAIL)).contains(mail);
    assertThat(done(delete(Optional.of(Deliveries.FINISH))).lifecycle())
        .isEqualTo(Lifecycle.FINISHING);
    assertThat(done(delete(Optional.of(Deliveries.CANCEL))).lifecycle())
        .isEqualTo(Lifecycle.CANCELLING);
  }

  @Test
  void deletedSubscription_isNotDeletedAgain() {
    subscriptions.put(MAIL, "a");
    Subscription deleted = done(delete(Optional.empty()));
    assertThat(deleted.lifecycle()).isEqualTo(Lifecycle.FINISHING);

    assertThat(delete(Optional.empty())).isEqualTo(new SubscriptionEdit.Unchanged(deleted));
    assertThat(delete(Optional.of(Deliveries.FINISH)))
        .isEqualTo(new SubscriptionEdit.Unchanged(deleted));
    assertThat(here.edit(MAIL, it -> it, Expected.ANY, "ann"))
        .isEqualTo(new SubscriptionEdit.BeingDeleted(deleted));
  }

  @Test
  void deletedSubscription_canBeCreatedAgainUnlessItIsCancelling() {
    subscriptions.put(MAIL, "a");
    delete(Optional.of(Deliveries.FINISH));

    assertThat(subscriptions.put(MAIL, "a").lifecycle()).isEqualTo(Lifecycle.ACTIVE);

    delete(Optional.of(Deliveries.CANCEL));
    assertThat(here.put(MAIL, definition("a"), Expected.ANY, "ann"))
        .isInstanceOf(SubscriptionEdit.BeingDeleted.class);
  }

  @Test
  void storageThatIsAway_isToldToTheCaller() {
    Subscription mail = subscriptions.put(MAIL, "a");
    var outage = Outage.untilEnded();
    subscriptions.store.hooks().before(HookedSubscriptions.Call.CHANGE, outage);

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> here.put(MAIL, definition("b"), Expected.ANY, "ann"));
    assertThat(subscriptions.cache.find(MAIL)).contains(mail);
    outage.end();
    assertThat(subscriptions.put(MAIL, "b").version()).isGreaterThan(mail.version());
  }

  @Test
  void ordering_isRefusedWhereTheStorageHasNoLanes() {
    var definition = Samples.ordered("mail", new Ordering(OnFailure.BLOCK)).definition();
    subscriptions.store.haveNoLanes();

    assertThat(subscriptions.here.put(MAIL, definition, Expected.ANY, "ann"))
        .isEqualTo(new SubscriptionEdit.CannotBeOrdered());
    assertThat(subscriptions.store.all().subscriptions()).isEmpty();
  }

  @Test
  void declaredOrdering_isRefusedWhereTheStorageHasNoLanes() {
    var definition = Samples.ordered("mail", new Ordering(OnFailure.BLOCK)).definition();
    subscriptions.store.haveNoLanes();
    var apply =
        new ApplySubscriptions(
            subscriptions.store, DestinationPreparation.none(), subscriptions.storage.clock());

    assertThatExceptionOfType(UnusableSubscriptionException.class)
        .isThrownBy(
            () ->
                apply.apply(
                    List.of(new DeclaredSubscription(MAIL, definition)),
                    ApplySubscriptions.Options.DEFAULT,
                    "ann"))
        .withMessageContaining("cannot be ordered with STORAGE=broker");
  }
}

package dev.sluice.application.subscription;

import dev.sluice.application.subscription.SubscriptionPlan.Action;
import dev.sluice.application.subscription.SubscriptionPlan.Step;
import dev.sluice.application.subscription.SubscriptionPlan.Unanswered;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares what a file declares with what is stored. Used once.
final class SubscriptionPlanner {

  private final ApplySubscriptions.Options options;
  private final List<Subscription> stored;
  private final DestinationPreparation destinations;
  private final boolean canOrder;
  private final List<Step> steps = new ArrayList<>();
  private final List<SubscriptionName> madeByApi = new ArrayList<>();
  private final List<SubscriptionName> beingCancelled = new ArrayList<>();
  private final List<Unanswered> unanswered = new ArrayList<>();
  private int unchanged;

  SubscriptionPlanner(
      ApplySubscriptions.Options options,
      List<Subscription> stored,
      DestinationPreparation destinations,
      boolean canOrder) {
    this.options = options;
    this.stored = stored;
    this.destinations = destinations;
    this.canOrder = canOrder;
  }

  SubscriptionPlan plan(List<DeclaredSubscription> declared) {
    Map<SubscriptionName, Subscription> byName =
        stored.stream().collect(Collectors.toMap(Subscription::name, Function.identity()));
    Set<SubscriptionName> names = new HashSet<>();
    for (DeclaredSubscription one : declared) {
      if (!names.add(one.name())) {
        throw new IllegalArgumentException(one.name() + " is declared twice");
      }
      try {
        declare(one, Optional.ofNullable(byName.get(one.name())));
      } catch (UnusableSubscriptionException e) {
        if (!e.isTemporary()) {
          throw e;
        }
        unanswered.add(new Unanswered(one.name(), String.valueOf(e.getMessage())));
      }
    }
    stored.stream().filter(one -> !names.contains(one.name())).forEach(this::delete);
    return new SubscriptionPlan(steps, unchanged, madeByApi, beingCancelled, unanswered);
  }

  private void declare(DeclaredSubscription declared, Optional<Subscription> before) {
    DeclaredSubscription prepared = prepared(declared, before);
    before.ifPresentOrElse(
        one -> replace(prepared, one), () -> put(Action.CREATE, prepared, Expected.ABSENT));
  }

  private DeclaredSubscription prepared(
      DeclaredSubscription declared, Optional<Subscription> before) {
    if (declared.definition().policy().ordering().isPresent() && !canOrder) {
      throw UnusableSubscriptionException.cannotBeOrdered(declared.name());
    }
    try {
      Destination destination =
          destinations
              .prepare(
                  declared.name(),
                  declared.definition().destination(),
                  before
                      .filter(one -> one.lifecycle() == Lifecycle.ACTIVE)
                      .map(one -> one.definition().destination()))
              .destination();
      return new DeclaredSubscription(declared.name(), declared.definition().with(destination));
    } catch (RefusedDestinationException e) {
      throw new UnusableSubscriptionException(declared.name(), e);
    }
  }

  private void replace(DeclaredSubscription declared, Subscription before) {
    var expected = new Expected.Version(before.version());
    switch (before.lifecycle()) {
      case CANCELLING -> beingCancelled.add(declared.name());
      // It was deleted, so the name is free.
      case FINISHING, DELETED -> put(Action.CREATE, declared, expected);
      case ACTIVE -> {
        if (before.origin() == Origin.FILE) {
          update(declared, before);
        } else if (options.takesOver()) {
          put(Action.TAKE_OVER, declared, expected);
        } else {
          madeByApi.add(declared.name());
        }
      }
    }
  }

  private void update(DeclaredSubscription declared, Subscription before) {
    if (before.definition().equals(declared.definition())) {
      unchanged++;
    } else {
      put(Action.UPDATE, declared, new Expected.Version(before.version()));
    }
  }

  private void put(Action action, DeclaredSubscription declared, Expected expected) {
    step(action, declared.name(), expected, declared.definition(), Lifecycle.ACTIVE);
  }

  /// Never deleted at once: for a moment, nodes may still route events to it.
  private void delete(Subscription before) {
    Lifecycle after =
        switch (options.deliveries()) {
          case CANCEL -> Lifecycle.CANCELLING;
          case FINISH -> Lifecycle.FINISHING;
        };
    boolean isToChange =
        before.lifecycle() == Lifecycle.ACTIVE
            || (before.lifecycle() == Lifecycle.FINISHING && after == Lifecycle.CANCELLING);
    if (before.origin() == Origin.FILE && isToChange) {
      step(
          Action.DELETE,
          before.name(),
          new Expected.Version(before.version()),
          before.definition(),
          after);
    }
  }

  private void step(
      Action action,
      SubscriptionName name,
      Expected expected,
      SubscriptionDefinition definition,
      Lifecycle lifecycle) {
    steps.add(
        new Step(
            action, new SubscriptionChange(name, expected, definition, lifecycle, Origin.FILE)));
  }
}

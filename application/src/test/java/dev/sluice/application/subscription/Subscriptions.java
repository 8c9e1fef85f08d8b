package dev.sluice.application.subscription;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HookedSubscriptions;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.List;

/// A node's subscriptions over a memory storage, for tests.
final class Subscriptions {

  static final SubscriptionName MAIL = new SubscriptionName("mail");

  final StorageFixture storage = Samples.storage();
  final HookedSubscriptions store = new HookedSubscriptions(MemoryAdapter.subscriptions());
  final SubscriptionCache cache = newCache();
  final ManageSubscriptions here = manager(cache);
  final StoragePorts ports =
      new StoragePorts(
          storage.storage(),
          MemoryAdapter.pauses(),
          MemoryAdapter.nodes(storage.clock()),
          MemoryAdapter.changes(storage.clock()),
          MemoryAdapter.activity(),
          MemoryAdapter.keys(),
          MemoryAdapter.series(),
          store,
          MemoryAdapter.rateTokens(storage.clock()),
          MemoryAdapter.schedules());

  /// Returns the cache of another node.
  SubscriptionCache newCache() {
    return new SubscriptionCache(store, Samples.BUILT_IN, PlainFilters.FORMAT, storage.clock());
  }

  /// Returns the cache of another node, with a wait for refreshes of its own.
  SubscriptionCache newCache(Duration maxWait) {
    return new SubscriptionCache(
        store, Samples.BUILT_IN, PlainFilters.FORMAT, storage.clock(), maxWait);
  }

  ManageSubscriptions manager(SubscriptionCache ofNode) {
    return new ManageSubscriptions(
        store, ofNode, storage.queue(), DestinationPreparation.none(), storage.clock());
  }

  static SubscriptionDefinition definition(String... globs) {
    return SubscriptionDefinition.of(
        List.of(globs).stream().map(TypePattern::new).toList(), Samples.DESTINATION);
  }

  /// Creates or replaces a subscription, and returns it.
  Subscription put(SubscriptionName name, String... globs) {
    return done(here.put(name, definition(globs), Expected.ANY, "ann"));
  }

  static Subscription done(SubscriptionEdit edit) {
    if (edit instanceof SubscriptionEdit.Done(Subscription subscription, boolean _, var _)) {
      return subscription;
    }
    throw new AssertionError("not done: " + edit);
  }

  /// Stores an event with a delivery of `mail`.
  void append(String id) {
    storage.events().append(List.of(new NewEvent(Events.event(id), List.of(MAIL))));
  }
}

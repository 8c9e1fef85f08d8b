package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Hands deliveries out to workers and records what became of them.
///
/// Every method but [#awaitWork] may throw [StoreUnavailableException]; then the outcome is
/// unknown, and repeating the call is safe: a settlement that had been recorded is reported as lost
/// lease the second time.
public interface DeliveryQueue {

  /// Whether other processes claim from it too. If not, nobody can take over what this process
  /// works on, and leases are measured by its monotonic counter.
  boolean isShared();

  /// Moves up to `max` due deliveries to processing under a lease for this worker. Two claims never
  /// return the same delivery while its lease lasts.
  ///
  /// Those that wait longest go first, new ones and due retries alike; where a broker hands them
  /// out, about so. It may give fewer than there are, so that large events cannot fill the memory,
  /// but none only when nothing is due that others are not just taking.
  ///
  /// Deliveries whose last attempt was abandoned are left to [#claimAbandoned], except by a broker,
  /// which hands out what comes first.
  ///
  /// Deliveries of paused subscriptions stay as they are. Those that it meets on its way are set
  /// aside, where no later claim meets them again, so that claims cost the same however many there
  /// are; see [#unpark]. While it has many to set aside, it may give none although others are due:
  /// then [#awaitWork] returns at once.
  ///
  /// @param paused subscriptions whose deliveries are left alone
  List<Claim> claim(WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused);

  /// The same for deliveries whose last attempt was abandoned: one of them may have ended its
  /// worker and would end the next one together with all that was claimed with it. So they are
  /// claimed apart, a few at a time. [#awaitWork] does not wait for them.
  List<Claim> claimAbandoned(
      WorkerId worker, int max, Duration lease, Set<SubscriptionName> paused);

  /// Puts deliveries that were set aside back to their old place in the order, those of
  /// subscriptions that are not in `paused`. To be called after a pause ended until it gives 0, and
  /// now and then, because a claim under way, or a node that knew of the end later, may set
  /// deliveries aside afterwards. It costs next to nothing when there is nothing to do.
  ///
  /// @param paused subscriptions whose deliveries stay aside
  /// @param limit at most so many
  /// @return how many were put back
  int unpark(Set<SubscriptionName> paused, int limit);

  /// How many deliveries wait for a worker and are due before `dueAt`, but for those that are set
  /// aside: about so many are claimed before one that is due then.
  ///
  /// @param limit it counts no further
  int countDueBefore(Instant dueAt, int limit);

  /// Records outcomes. A settlement whose attempt is no longer the current one changes nothing and
  /// is reported as [SettlementResult.LeaseLost].
  ///
  /// @return one result per settlement, in the same order
  List<SettlementResult> settle(List<Settlement> settlements);

  /// Prolongs leases to `lease` from now.
  ///
  /// @return the claims among `claims`, the same objects, that are no longer held; their workers
  ///   must stop
  List<Claim> extend(List<Claim> claims, Duration lease);

  /// Ends the attempts of up to `limit` deliveries whose lease has expired, each as `verdict` says.
  /// It may end fewer than there are, so that large events cannot fill the memory.
  ///
  /// @return what was ended, with the verdict on it
  List<Reclaimed> reclaimExpired(int limit, Function<Claim, Resolution> verdict);

  /// Returns when work may be due, or after `wait`; never before there is a reason to look, and at
  /// times without one.
  void awaitWork(Duration wait) throws InterruptedException;

  /// A delivery whose worker went silent, and what was made of it.
  record Reclaimed(Claim claim, Resolution resolution) {}
}

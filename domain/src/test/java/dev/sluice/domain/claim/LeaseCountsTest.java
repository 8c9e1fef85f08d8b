package dev.sluice.domain.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LeaseCountsTest {

  private static final SubscriptionName BILLING = new SubscriptionName("billing");
  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final LeaseCounts leases = new LeaseCounts();

  /// At most two leases of each subscription.
  private final Quotas limited = leases.limit(new Limits(Map.of(BILLING, 2, MAIL, 2)));

  private record Limits(Map<SubscriptionName, Integer> most) implements Quotas {

    @Override
    public int total() {
      return 10;
    }

    @Override
    public boolean covers(SubscriptionName subscription) {
      return true;
    }

    @Override
    public int of(SubscriptionName subscription) {
      return 10;
    }

    @Override
    public int mostLeased(SubscriptionName subscription) {
      return most.getOrDefault(subscription, Integer.MAX_VALUE);
    }

    @Override
    public int withinRate(SubscriptionName subscription) {
      return Integer.MAX_VALUE;
    }

    @Override
    public Set<SubscriptionName> names() {
      return most.keySet();
    }
  }

  @Test
  void quota_isWhatTheLimitLeaves() {
    leases.leased(BILLING);

    assertThat(limited.of(BILLING)).isEqualTo(1);
    assertThat(limited.of(MAIL)).isEqualTo(2);
    assertThat(limited.of(SubscriptionName.DEFAULT)).isEqualTo(10);
  }

  @Test
  void releaseBelowTheLimit_givesAClaimNothingNew() {
    leases.leased(BILLING);
    assertThat(limited.of(BILLING)).isEqualTo(1);

    assertThat(leases.released(BILLING)).isFalse();
  }

  @Test
  void releaseAtTheLimit_isReportedOnce() {
    leases.leased(BILLING);
    leases.leased(BILLING);
    assertThat(limited.of(BILLING)).isZero();

    assertThat(leases.released(BILLING)).isTrue();
    assertThat(leases.released(BILLING)).isFalse();
    assertThat(limited.of(BILLING)).isEqualTo(2);
  }

  /// A release of one must not use up the wake-up that the other needs.
  @Test
  void releaseOfAnother_leavesTheLimitedOneToBeReported() {
    leases.leased(MAIL);
    leases.leased(BILLING);
    leases.leased(BILLING);
    assertThat(limited.of(BILLING)).isZero();

    assertThat(leases.released(MAIL)).isFalse();
    assertThat(leases.released(BILLING)).isTrue();
  }
}

package dev.sluice.domain.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClaimSharesTest {

  /// Divides a claim of subscriptions with these backlogs.
  private static Map<String, Integer> divide(Quotas quotas, Map<String, Integer> backlogs) {
    var left = new HashMap<>(backlogs);
    var taken = new HashMap<String, Integer>();
    ClaimShares.divide(
        quotas,
        backlogs.keySet().stream().map(SubscriptionName::new).toList(),
        (name, max) -> {
          int count = Math.min(max, left.getOrDefault(name.value(), 0));
          left.merge(name.value(), -count, Integer::sum);
          taken.merge(name.value(), count, Integer::sum);
          return count;
        });
    return taken;
  }

  private static Map<String, Integer> backlogs(Object... namesAndCounts) {
    var backlogs = new LinkedHashMap<String, Integer>();
    for (int index = 0; index < namesAndCounts.length; index += 2) {
      backlogs.put((String) namesAndCounts[index], (Integer) namesAndCounts[index + 1]);
    }
    return backlogs;
  }

  @Test
  void onlySubscription_getsEverything() {
    assertThat(divide(FixedQuotas.of(10, "a", 10), backlogs("a", 100))).isEqualTo(Map.of("a", 10));
  }

  @Test
  void sharesAreEqual_andWhatIsLeftOverGoesToTheFirst() {
    assertThat(
            divide(
                FixedQuotas.of(10, "a", 10, "b", 10, "c", 10),
                backlogs("a", 100, "b", 100, "c", 100)))
        .isEqualTo(Map.of("a", 4, "b", 4, "c", 2));
  }

  @Test
  void unusedShare_isDividedAmongTheOthers() {
    assertThat(
            divide(
                FixedQuotas.of(12, "a", 12, "b", 12, "c", 12), backlogs("a", 1, "b", 99, "c", 99)))
        .isEqualTo(Map.of("a", 1, "b", 6, "c", 5));
  }

  @Test
  void subscriptionWithoutQuota_isNotAsked() {
    assertThat(divide(FixedQuotas.of(10, "a", 0, "b", 3), backlogs("a", 9, "b", 9)))
        .isEqualTo(Map.of("b", 3));
  }

  /// Whatever the numbers: no limit is exceeded, nothing is left while something could be taken,
  /// and no one gets less than another unless it has no more or its quota is used up.
  @Test
  void division_isFair() {
    var random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(8);
      var quotas = new HashMap<SubscriptionName, Integer>();
      var backlogs = new LinkedHashMap<String, Integer>();
      IntStream.range(0, count)
          .forEach(
              number -> {
                quotas.put(new SubscriptionName("s" + number), random.nextInt(12));
                backlogs.put("s" + number, random.nextInt(20));
              });
      int total = random.nextInt(40);
      assertFair(new FixedQuotas(total, quotas), backlogs);
    }
  }

  private static void assertFair(FixedQuotas quotas, Map<String, Integer> backlogs) {
    Map<String, Integer> taken = divide(quotas, backlogs);
    int sum = taken.values().stream().mapToInt(Integer::intValue).sum();
    List<String> hungry =
        backlogs.keySet().stream()
            .filter(name -> taken.getOrDefault(name, 0) < most(name, quotas, backlogs))
            .toList();

    assertThat(sum).isLessThanOrEqualTo(quotas.total());
    assertThat(taken)
        .allSatisfy(
            (name, count) -> assertThat(count).isLessThanOrEqualTo(most(name, quotas, backlogs)));
    if (sum < quotas.total()) {
      assertThat(hungry).isEmpty();
    }
    int most = taken.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    // A later share is smaller by what could not be divided equally.
    assertThat(hungry)
        .allSatisfy(
            name ->
                assertThat(taken.getOrDefault(name, 0))
                    .isGreaterThanOrEqualTo(most - backlogs.size()));
  }

  private static int most(String name, FixedQuotas quotas, Map<String, Integer> backlogs) {
    return Math.min(quotas.of(new SubscriptionName(name)), backlogs.getOrDefault(name, 0));
  }
}

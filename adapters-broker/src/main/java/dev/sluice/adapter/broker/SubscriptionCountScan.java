package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.codec.StatusLetters;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// Counts the deliveries of each subscription in Redis, which has no index by subscription: it
/// would cost each event a write. Reads the oldest events in each status, up to 10,000 of them, in
/// pages, so that Redis answers others in between.
final class SubscriptionCountScan {

  private static final List<DeliveryStatus> COUNTED =
      List.of(
          DeliveryStatus.RECEIVED,
          DeliveryStatus.RETRYING,
          DeliveryStatus.PROCESSING,
          DeliveryStatus.FAILED);

  private static final int PAGE = 250;
  private static final int MOST_PAGES = 40;

  /// Name, number, and since when the oldest has been due.
  private static final int FIELDS = 3;

  private final Scripts scripts;
  private final CountsBySubscription.Builder counts = new CountsBySubscription.Builder();

  SubscriptionCountScan(Scripts scripts) {
    this.scripts = scripts;
  }

  CountsBySubscription counts() {
    COUNTED.forEach(this::count);
    return counts.build();
  }

  private void count(DeliveryStatus status) {
    String after = "0";
    for (int page = 0; page < MOST_PAGES && !after.isEmpty(); page++) {
      after = count(status, after);
    }
    if (!after.isEmpty()) {
      counts.mayHaveMore(status);
    }
  }

  /// @return where to continue; empty at the end
  private String count(DeliveryStatus status, String after) {
    String letter = String.valueOf(StatusLetters.of(status));
    List<String> answers =
        scripts.run(Scripts.COUNTS, List.of(letter, after, Integer.toString(PAGE)));
    for (int field = 1; field + FIELDS <= answers.size(); field += FIELDS) {
      var subscription = new SubscriptionName(answers.get(field));
      counts.add(subscription, status, Long.parseLong(answers.get(field + 1)));
      String oldest = answers.get(field + 2);
      if (!oldest.isEmpty()) {
        counts.waitsSince(subscription, Micros.toInstant(Long.parseLong(oldest)));
      }
    }
    return answers.getFirst();
  }
}

package dev.sluice.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is exported is read again.
final class SubscriptionsYamlTest {

  private static final String EXPORTED =
      """
      subscriptions:
        - name: billing
          description: 'yes: "no" - # é 😀'
          types: [order.*, '*']
          filter:
            payload:
              amount:
                - numeric: ['>', 100.10, <=, 1e3]
              'on': ['true', true, 'null', null, '0x1F', '12', 12, "\\u007f\\n", '']
          destination:
            kind: log
          retry:
            max_retries: 3
            base: 1s
            factor: 2.5
            cap: 5m
            max_age: 3d
          timeout: 15s
          concurrency: 20
        - name: '7'
          types: ['*']
          destination:
            kind: demo
      """;

  @TempDir private Path folder;

  private List<DeclaredSubscription> read(String text) throws IOException {
    return DeclaredFile.read(
        Files.writeString(folder.resolve("s.yaml"), text), RetryPolicy.DEFAULT);
  }

  private static String write(List<DeclaredSubscription> declared) {
    return SubscriptionsYaml.write(
        declared.stream()
            .map(
                one ->
                    new Subscription(
                        one.name(),
                        1,
                        one.definition(),
                        Lifecycle.ACTIVE,
                        Origin.API,
                        "ann",
                        Instant.EPOCH))
            .toList());
  }

  @Test
  void exportedText_isStableAndMeansTheSame() throws IOException {
    List<DeclaredSubscription> declared = read(EXPORTED);

    String written = write(declared);

    assertThat(read(written)).isEqualTo(declared);
    assertThat(write(read(written))).isEqualTo(written);
    assertThat(written).startsWith("subscriptions:\n  - name: billing\n    description: ");
  }

  @Test
  void noSubscription_isAnEmptyList() throws IOException {
    assertThat(write(List.of())).isEqualTo("subscriptions: []\n");
    assertThat(read(write(List.of()))).isEmpty();
  }
}

package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.adapter.broker.connection.KeyPrefix;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerSettingsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private static BrokerSettings settings(String prefix) {
    return BrokerSettings.of("amqp://h", "redis://h", prefix, 1, Duration.ofDays(7), List.of(MAIL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "staging",
        "Team-A_eu.1",
        "0",
        "sluice",
        "0123456789012345678901234567890123456789"
      })
  void prefix_isTaken(String prefix) {
    assertThat(BrokerSettings.problemOfPrefix(prefix)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b",
        "a b",
        "-a",
        ".a",
        "_a",
        "ä",
        "a*",
        "{a}",
        "a/b",
        " ",
        "a\n",
        "amq",
        "amq.x",
        "events",
        "events.paused.mail",
        "a.events",
        "a.events.paused",
        "processed",
        "01234567890123456789012345678901234567890"
      })
  void prefixThatIsNoneOrMayBeTaken_isRefused(String prefix) {
    assertThat(BrokerSettings.problemOfPrefix(prefix)).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> settings(prefix));
  }

  @Test
  void noPrefix_leavesNamesAsTheyAre() {
    BrokerSettings settings = settings("");

    assertThat(settings.queues().work(settings.subscriptions()))
        .contains("events.ingest", "events.due", "events.delay.125", "events.paused.mail");
    assertThat(settings.queues().dead()).isEqualTo("events.dlq");
    assertThat(settings.keys()).isEqualTo(KeyPrefix.NONE);
  }

  @Test
  void prefix_beginsEveryName() {
    BrokerSettings settings = settings("staging");

    assertThat(settings.queues().work(settings.subscriptions()))
        .hasSize(15)
        .allMatch(queue -> queue.startsWith("staging.events."));
    assertThat(settings.queues().dead()).isEqualTo("staging.events.dlq");
    assertThat(settings.keys().text()).isEqualTo("staging:");
  }
}

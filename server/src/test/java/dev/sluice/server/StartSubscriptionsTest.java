package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.application.activity.Activity;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.server.config.ConfigSources;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.subscription.DeclaredFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `SUBSCRIPTIONS_FILE` is applied before a node takes events.
final class StartSubscriptionsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final String DECLARED =
      "subscriptions:\n  - {name: mail, types: ['*'], destination: {kind: log}}\n";

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private StoragePorts ports;
  private Activity activity;

  @BeforeEach
  void open() throws IOException {
    ports = OpenStorage.open(config("subscriptions: []"), clock).ports();
    activity = new Activity(ports.activity(), Duration.ofDays(1), clock);
  }

  private ServerConfig config(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("sluice.yaml"), "storage: memory\n" + text);
    return ServerConfig.of(ConfigSources.gather(Map.of(), Map.of(), Optional.of(file)));
  }

  private StartSubscriptions read(String text) throws IOException {
    return StartSubscriptions.of(config(text), clock);
  }

  private void put(Lifecycle lifecycle, Origin origin) {
    var definition = SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log());
    ports
        .subscriptions()
        .change(
            List.of(new SubscriptionChange(MAIL, Expected.ANY, definition, lifecycle, origin)),
            "ann",
            clock.instant());
  }

  private List<String> stored() {
    return ports.subscriptions().all().subscriptions().stream()
        .map(one -> one.name() + " " + one.lifecycle().wireName() + " " + one.origin())
        .toList();
  }

  @Test
  void subscriptionsOfTheConfigurationFile_areStoredAtTheFirstStartOnly() throws IOException {
    read(DECLARED).apply(ports, DestinationPreparation.none(), activity);
    read(DECLARED).apply(ports, DestinationPreparation.none(), activity);

    assertThat(stored()).containsExactly("mail active FILE");
    assertThat(ports.subscriptions().version()).isOne();
    assertThat(ports.activity().from(1, 10)).hasSize(2);
  }

  @Test
  void noFile_changesNothing() throws IOException {
    put(Lifecycle.ACTIVE, Origin.FILE);

    read("").apply(ports, DestinationPreparation.none(), activity);

    assertThat(stored()).containsExactly("mail active FILE");
  }

  @Test
  void wrongFile_stopsTheStart() {
    assertThatExceptionOfType(DeclaredFileException.class)
        .isThrownBy(() -> read("subscriptions: [{}, {}]"))
        .satisfies(wrong -> assertThat(wrong.problems()).hasSize(6));
  }

  @Test
  void subscriptionOfTheApi_stopsTheStart() throws IOException {
    put(Lifecycle.ACTIVE, Origin.API);
    StartSubscriptions declared = read(DECLARED);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> declared.apply(ports, DestinationPreparation.none(), activity))
        .withMessageContaining("SUBSCRIPTIONS_FILE")
        .withMessageContaining("mail")
        .withMessageContaining("--take-over");
  }

  /// Refuses every destination.
  private record Refusing(RefusedDestinationException refusal) implements DestinationPreparation {

    @Override
    public Prepared prepare(
        SubscriptionName owner, Destination wanted, Optional<Destination> before) {
      throw refusal;
    }

    @Override
    public Prepared rotate(SubscriptionName owner, Destination stored, Rotation change) {
      throw refusal;
    }
  }

  @Test
  void receiverThatDoesNotRespond_isLeftOutUntilTheNextStart() throws IOException {
    var silent =
        new Refusing(RefusedDestinationException.temporary("/handshake", "was not granted"));
    read(DECLARED).apply(ports, silent, activity);
    assertThat(stored()).isEmpty();

    read(DECLARED).apply(ports, DestinationPreparation.none(), activity);
    assertThat(stored()).containsExactly("mail active FILE");
  }

  @Test
  void receiverThatRefuses_stopsTheStart() throws IOException {
    var refusing = new Refusing(new RefusedDestinationException("/url", "must not be reached"));
    StartSubscriptions declared = read(DECLARED);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> declared.apply(ports, refusing, activity))
        .withMessageContaining("must not be reached");
  }

  @Test
  void subscriptionThatIsBeingCancelled_isCreatedWhenThatIsOver() throws IOException {
    put(Lifecycle.CANCELLING, Origin.FILE);
    StartSubscriptions declared = read(DECLARED);
    declared.apply(ports, DestinationPreparation.none(), activity);

    declared.tick(ports, DestinationPreparation.none(), activity);
    assertThat(stored()).containsExactly("mail cancelling FILE");
    put(Lifecycle.DELETED, Origin.FILE);
    declared.tick(ports, DestinationPreparation.none(), activity);
    assertThat(stored()).as("tried again too early").isEmpty();
    clock.advance(Duration.ofSeconds(1));
    declared.tick(ports, DestinationPreparation.none(), activity);

    assertThat(stored()).containsExactly("mail active FILE");
  }
}

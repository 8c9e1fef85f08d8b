package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PausesTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final PauseScope OF_MAIL = new PauseScope.One(MAIL);
  private static final PausedWork MAIL_ONLY = new PausedWork(false, Set.of(MAIL));

  private final SettableClock clock = new SettableClock();
  private final PauseStore store = MemoryAdapter.pauses();
  private final List<PausedWork> told = new ArrayList<>();
  private final Pauses here = new Pauses(store, clock, told::add);
  private final Pauses elsewhere = new Pauses(store, clock, _ -> {});

  private static Pause forEver(Pauses pauses, PauseScope scope) {
    return pauses.pause(scope, "deploy", "ann", Instant.MAX);
  }

  @Test
  void pause_isInForceAtOnceAndStored() {
    Pause pause = forEver(here, OF_MAIL);

    assertThat(pause).isEqualTo(new Pause(OF_MAIL, "deploy", "ann", clock.instant(), Instant.MAX));
    assertThat(told).containsExactly(MAIL_ONLY);
    assertThat(here.of(OF_MAIL)).contains(pause);
    assertThat(here.of(PauseScope.EVERYTHING)).isEmpty();
    assertThat(store.all()).containsExactly(pause);
  }

  @Test
  void secondPause_takesThePlaceOfTheFirst() {
    forEver(here, OF_MAIL);

    Pause second = here.pause(OF_MAIL, "longer", "bob", Instant.MAX);

    assertThat(here.of(OF_MAIL)).contains(second);
    assertThat(store.all()).containsExactly(second);
  }

  @Test
  void resume_endsThePauseAndMayBeRepeated() {
    forEver(here, OF_MAIL);

    here.resume(OF_MAIL);
    here.resume(OF_MAIL);

    assertThat(told).containsExactly(MAIL_ONLY, PausedWork.NOTHING);
    assertThat(here.of(OF_MAIL)).isEmpty();
    assertThat(store.all()).isEmpty();
  }

  @Test
  void pauseOfAnotherNode_isSeenWithinASecond() {
    here.refreshWhenDue();
    forEver(elsewhere, PauseScope.EVERYTHING);
    here.refreshWhenDue();
    assertThat(told).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    here.refreshWhenDue();

    assertThat(told).containsExactly(new PausedWork(true, Set.of()));
    elsewhere.resume(PauseScope.EVERYTHING);
    clock.advance(Duration.ofSeconds(1));
    here.refreshWhenDue();
    assertThat(told.getLast()).isEqualTo(PausedWork.NOTHING);
  }

  @Test
  void pauseWithEnd_endsByItself() {
    here.pause(OF_MAIL, "deploy", "ann", clock.instant().plusSeconds(5));
    clock.advance(Duration.ofMillis(4_999));
    here.tick();
    assertThat(told).containsExactly(MAIL_ONLY);

    clock.advance(Duration.ofMillis(1));

    assertThat(here.of(OF_MAIL)).as("before a tick").isEmpty();
    here.tick();
    assertThat(told).containsExactly(MAIL_ONLY, PausedWork.NOTHING);
    here.refreshWhenDue();
    assertThat(told).as("what is over stays over").hasSize(2);
  }

  @Test
  void subscription_isHeldByItsOwnPauseOrThatOfEverything() {
    Pause everything = forEver(here, PauseScope.EVERYTHING);
    assertThat(here.holding(MAIL)).contains(everything);

    Pause own = forEver(here, OF_MAIL);

    assertThat(here.holding(MAIL)).contains(own);
    assertThat(here.holding(new SubscriptionName("audit"))).contains(everything);
  }

  @Test
  void blankReason_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> here.pause(OF_MAIL, " ", "ann", Instant.MAX));
    assertThat(store.all()).isEmpty();
  }
}

package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Large requests work in turn; small ones never wait.
@Timeout(30)
final class RequestTurnTest {

  private static final int MOST = RequestTurn.LARGE;

  private final Turns turns = new Turns(1);
  private final RequestTurn first = new RequestTurn(turns);
  private final RequestTurn second = new RequestTurn(turns);

  private boolean isTurnFree() {
    boolean isFree = turns.take();
    if (isFree) {
      turns.giveBack();
    }
    return isFree;
  }

  /// Asks for a turn on another thread.
  private CompletableFuture<Void> more(RequestTurn request) {
    return CompletableFuture.runAsync(() -> request.arrived(MOST + 1));
  }

  @Test
  void smallRequest_takesNone() {
    first.arrived(MOST);

    assertThat(isTurnFree()).isTrue();
  }

  @Test
  void nextRequestOnTheConnection_isSmallAgain() {
    first.arrived(MOST);
    first.begin();
    first.arrived(MOST);

    assertThat(isTurnFree()).isTrue();
  }

  @Test
  void largeRequest_hasOneUntilItsClientIsWaitedFor() {
    first.arrived(MOST);
    first.arrived(1);
    first.arrived(MOST);
    assertThat(isTurnFree()).isFalse();

    first.pause();
    first.pause();

    assertThat(isTurnFree()).isTrue();
    assertThat(turns.take()).isTrue();
    assertThat(isTurnFree()).isFalse();
  }

  @Test
  void secondLargeRequest_goesOnWhenTheFirstPauses() throws Exception {
    first.arrived(MOST + 1);
    CompletableFuture<Void> waiting = more(second);
    first.pause();

    waiting.get(10, TimeUnit.SECONDS);

    assertThat(isTurnFree()).isFalse();
    second.pause();
    assertThat(isTurnFree()).isTrue();
  }

  @Test
  void requestBehindOneThatHangs_goesOnWithoutATurn() throws Exception {
    first.arrived(MOST + 1);

    more(second).get(10, TimeUnit.SECONDS);
    second.pause();

    assertThat(isTurnFree()).isFalse();
    first.pause();
    assertThat(isTurnFree()).isTrue();
  }

  @Test
  void workOnAnotherThread_givesItsTurnBackWhenItFails() {
    try {
      first.apart(
          () -> {
            assertThat(isTurnFree()).isFalse();
            throw new IllegalStateException("a storage that is away");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("away");
    }

    assertThat(isTurnFree()).isTrue();
  }
}

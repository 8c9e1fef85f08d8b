package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Large requests wait for permits; small ones never do.
@Timeout(30)
final class RequestPermitTest {

  private static final int MOST = RequestPermit.LARGE;

  private final Permits permits = new Permits(1);
  private final RequestPermit first = new RequestPermit(permits);
  private final RequestPermit second = new RequestPermit(permits);

  private boolean isPermitFree() {
    boolean isFree = permits.acquire();
    if (isFree) {
      permits.release();
    }
    return isFree;
  }

  /// Requests a permit on another thread.
  private CompletableFuture<Void> more(RequestPermit request) {
    return CompletableFuture.runAsync(() -> request.arrived(MOST + 1));
  }

  @Test
  void smallRequest_takesNone() {
    first.arrived(MOST);

    assertThat(isPermitFree()).isTrue();
  }

  @Test
  void nextRequestOnTheConnection_isSmallAgain() {
    first.arrived(MOST);
    first.begin();
    first.arrived(MOST);

    assertThat(isPermitFree()).isTrue();
  }

  @Test
  void largeRequest_hasOneUntilItsClientIsWaitedFor() {
    first.arrived(MOST);
    first.arrived(1);
    first.arrived(MOST);
    assertThat(isPermitFree()).isFalse();

    first.release();
    first.release();

    assertThat(isPermitFree()).isTrue();
    assertThat(permits.acquire()).isTrue();
    assertThat(isPermitFree()).isFalse();
  }

  @Test
  void secondLargeRequest_proceedsWhenTheFirstReleases() throws Exception {
    first.arrived(MOST + 1);
    CompletableFuture<Void> waiting = more(second);
    first.release();

    waiting.get(10, TimeUnit.SECONDS);

    assertThat(isPermitFree()).isFalse();
    second.release();
    assertThat(isPermitFree()).isTrue();
  }

  @Test
  void requestBehindOneThatHangs_proceedsWithoutAPermit() throws Exception {
    first.arrived(MOST + 1);

    more(second).get(10, TimeUnit.SECONDS);
    second.release();

    assertThat(isPermitFree()).isFalse();
    first.release();
    assertThat(isPermitFree()).isTrue();
  }

  @Test
  void workOnAnotherThread_releasesItsPermitWhenItFails() {
    assertThatThrownBy(
            () ->
                first.runApart(
                    () -> {
                      assertThat(isPermitFree()).isFalse();
                      throw new IllegalStateException("a storage that is away");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(isPermitFree()).isTrue();
  }
}

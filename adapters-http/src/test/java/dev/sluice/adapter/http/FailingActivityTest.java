package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An action that cannot be recorded is not confirmed; the response is an ordinary problem.
final class FailingActivityTest {

  private static final TestServer SERVER =
      TestServer.start(Setup.USUAL.withActivity(new FailingLog(MemoryAdapter.activity())));

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /// An activity log that fails to append.
  private record FailingLog(ActivityLog inner) implements ActivityLog {
    @Override
    public ActivityEntry append(Function<ActivityEntry.Link, ActivityEntry> next) {
      throw new StoreUnavailableException("pulled the plug", new IllegalStateException("test"));
    }

    @Override
    public Page<ActivityEntry> newest(Cursor after, int limit) {
      return inner.newest(after, limit);
    }

    @Override
    public List<ActivityEntry> from(long number, int limit) {
      return inner.from(number, limit);
    }

    @Override
    public Bounds bounds() {
      return inner.bounds();
    }

    @Override
    public int purge(Instant before, long keepMost, int limit) {
      return inner.purge(before, keepMost, limit);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events/unknown/replay",
        "/events/unknown/cancel",
        "/events/unknown/discard",
        "/processing/resume",
        "/subscriptions/default/resume"
      })
  void change_isNotConfirmed(String path) {
    Answer answer = SERVER.method("POST", path).isProblem(503, "store_unavailable");

    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void change_isNotMade() {
    SERVER.method("POST", "/processing/pause").isProblem(503, "store_unavailable");

    assertThat(SERVER.get("/processing").hasStatus(200).json().path("paused").isNull()).isTrue();
  }

  @Test
  void reading_goesOn() {
    SERVER.get("/activity").hasStatus(200);
    SERVER.get("/events").hasStatus(200);
  }
}

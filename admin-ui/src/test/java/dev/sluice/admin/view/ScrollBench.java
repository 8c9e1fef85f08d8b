package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.viewmodel.EventRow;
import dev.sluice.admin.viewmodel.Screen;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import javafx.animation.AnimationTimer;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;

/// Measures how smoothly a table of 100,000 rows scrolls, and prints the result. Not a test:
/// `benchmarks/console.sh` runs it.
final class ScrollBench {

  private static final int ROWS = 100_000;
  private static final int FRAMES = 600;

  @Test
  void hundredThousandRows() throws Exception {
    try (var stand = Stand.lively()) {
      stand.service.on("GET /events", request -> Sample.events(request, ROWS));
      stand.connect().show(Screen.EVENTS);
      var list = stand.models().events().list();
      while (!list.complete().get() && list.rows().size() < ROWS) {
        Fx.run(list::loadMore);
      }
      assertThat(list.rows()).hasSizeGreaterThanOrEqualTo(ROWS - 200);
      stand.settled();

      @SuppressWarnings("unchecked") // What is in it is known.
      TableView<EventRow> table = stand.node("events-table", TableView.class);
      run(table, frame -> frame * 3, "warm-up");
      run(table, frame -> 10_000 + frame * 3, "scrolling, 3 rows a frame");
      run(table, frame -> (int) (frame * 7_919L % ROWS), "jumping anywhere each frame");
      run(table, _ -> 50_000, "standing still");
    }
  }

  private static void run(TableView<EventRow> table, IntUnaryOperator row, String what)
      throws Exception {
    var ended = new CompletableFuture<long[]>();
    Fx.run(() -> new Frames(table, row, ended).start());
    long[] waits = ended.get(120, TimeUnit.SECONDS);
    Arrays.sort(waits);
    System.getLogger(ScrollBench.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} frames/s; between frames median {2} ms, p95 {3} ms, longest {4} ms",
            what,
            Math.round(waits.length * 1e9 / Arrays.stream(waits).sum()),
            waits[waits.length / 2] / 1e6,
            waits[waits.length * 95 / 100] / 1e6,
            waits[waits.length - 1] / 1e6);
  }

  private static final class Frames extends AnimationTimer {

    private final TableView<EventRow> table;
    private final IntUnaryOperator row;
    private final CompletableFuture<long[]> ended;
    private final long[] waits = new long[FRAMES];
    private int frame = -1;
    private long before;

    Frames(TableView<EventRow> table, IntUnaryOperator row, CompletableFuture<long[]> ended) {
      this.table = table;
      this.row = row;
      this.ended = ended;
    }

    @Override
    public void handle(long now) {
      if (frame >= 0) {
        waits[frame] = now - before;
      }
      before = now;
      if (++frame == FRAMES) {
        stop();
        ended.complete(waits);
      } else {
        table.scrollTo(row.applyAsInt(frame));
      }
    }
  }
}

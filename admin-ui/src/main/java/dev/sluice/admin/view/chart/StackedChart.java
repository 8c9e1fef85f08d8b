package dev.sluice.admin.view.chart;

import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Stacked bars over time with their legend, which has the sums, or the counts of the bar under the
/// pointer.
public final class StackedChart extends VBox {

  /// Room for five parts in one line: a row reserves the height for this width, not for its own.
  private static final double LEGEND = 720;

  private final Function<Instant, String> clock;
  private final Legend legend;
  private final StackedBars stack;
  private final Label pointedTime = Controls.label("", "muted", "mono");
  private Bars bars = Bars.NONE;

  /// @param clock formats a time
  /// @param names names of the parts of a bar, from the bottom
  /// @param styles their style classes
  public StackedChart(Function<Instant, String> clock, List<String> names, List<String> styles) {
    super(6);
    this.clock = clock;
    this.legend = new Legend(count -> Texts.count((long) count), names, styles);
    legend.setPrefWrapLength(LEGEND);
    this.stack = new StackedBars(clock, styles);
    getChildren().addAll(Controls.row(10, Controls.grow(legend), pointedTime), stack);
    setMinWidth(0);
    stack.pointed().addListener((_, _, _) -> showValues());
  }

  /// Shows counts.
  ///
  /// @param spoken text for screen readers that says them
  public void show(Bars now, String spoken) {
    bars = now;
    stack.show(now);
    stack.setAccessibleText(spoken);
    showValues();
  }

  private void showValues() {
    int place = stack.pointed().get();
    boolean isPointed = place >= 0 && place < bars.length();
    legend.show(
        bars.parts().stream()
            .map(part -> new double[] {isPointed ? part.get(place) : sum(part)})
            .toList(),
        0);
    pointedTime.setText(
        isPointed ? clock.apply(startOf(place)) + " to " + clock.apply(startOf(place + 1)) : "");
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  private Instant startOf(int place) {
    Duration length = Duration.between(bars.from(), bars.until());
    return bars.from().plus(length.multipliedBy(place).dividedBy(bars.length()));
  }
}

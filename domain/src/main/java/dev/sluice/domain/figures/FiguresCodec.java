package dev.sluice.domain.figures;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Encodes figures as a short text that other versions can read: the first line is the version of
/// the format, each further one describes one thing. Unknown lines are ignored, and a text of an
/// unknown version decodes to nothing.
///
/// Names contain no control characters, so tabs and line ends are separators. Node figures usually
/// take 1,000 to 3,000 characters and 250,000 at most, a slice 200 to 1,000 and 35,000 at most.
public final class FiguresCodec {

  private static final String VERSION = "1";

  private FiguresCodec() {}

  /// Returns the text that [#decodeFigures] reads.
  public static String encode(NodeFigures figures) {
    var lines = new FigureLines(VERSION);
    lines.add("since", figures.since().toString());
    lines.add("all", figures.totals());
    lines.add("type", figures.byType());
    lines.add("subscription", figures.bySubscription());
    for (Rates rates : figures.rates()) {
      lines.add("rate", rates);
    }
    lines.add("accept", figures.acceptTime());
    lines.add("handler", figures.handlerTime());
    lines.add("done", figures.acceptToDone());
    return lines.toString();
  }

  /// Returns the figures of a node; empty when their format is unknown.
  public static Optional<NodeFigures> decodeFigures(String text) {
    return decode(text, FiguresCodec::nodeFigures);
  }

  private static NodeFigures nodeFigures(FigureLines.Known lines) {
    List<Rates> rates = new ArrayList<>();
    lines.all("rate").forEach(columns -> rates.add(FigureLines.rates(columns)));
    return new NodeFigures(
        Instant.parse(lines.one("since").getFirst()),
        lines.totals("all"),
        lines.breakdown("type"),
        lines.breakdown("subscription"),
        rates,
        lines.latencies("accept"),
        lines.latencies("handler"),
        lines.latencies("done"));
  }

  /// Returns the text that [#decodeSlice] reads; it does not contain the key.
  public static String encode(Slice slice) {
    var lines = new FigureLines(VERSION);
    lines.add("until", slice.until().toString());
    lines.add("all", slice.totals());
    lines.add("type", slice.byType());
    slice.bySubscription().ifPresent(breakdown -> addSubscriptions(lines, breakdown));
    lines.add("backlog", Long.toString(slice.backlog()));
    lines.add("oldest", Long.toString(slice.oldestWaiting().toMillis()));
    lines.add("accept", slice.latencies().accept());
    lines.add("handler", slice.latencies().handler());
    lines.add("done", slice.latencies().acceptToDone());
    return lines.toString();
  }

  /// The first line says that the slice was counted by subscription, also when none has a line.
  private static void addSubscriptions(FigureLines lines, Breakdown breakdown) {
    lines.add("subscriptions");
    lines.add("subscription", breakdown);
  }

  /// Returns a slice; empty when its format is unknown.
  public static Optional<Slice> decodeSlice(Slice.Key key, String text) {
    return decode(text, lines -> slice(key, lines));
  }

  private static Slice slice(Slice.Key key, FigureLines.Known lines) {
    return new Slice(
        key,
        Instant.parse(lines.one("until").getFirst()),
        lines.totals("all"),
        lines.breakdown("type"),
        lines.all("subscriptions").isEmpty()
            ? Optional.empty()
            : Optional.of(lines.breakdown("subscription")),
        Long.parseLong(lines.one("backlog").getFirst()),
        Duration.ofMillis(Long.parseLong(lines.one("oldest").getFirst())),
        new Slice.Times(
            lines.latencies("accept"), lines.latencies("handler"), lines.latencies("done")));
  }

  private interface Form<T> {
    T of(FigureLines.Known lines);
  }

  private static <T> Optional<T> decode(String text, Form<T> form) {
    Optional<Map.Entry<String, FigureLines.Known>> lines = FigureLines.read(text);
    if (lines.isEmpty() || !lines.get().getKey().equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.of(lines.get().getValue()));
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | NoSuchElementException
        | DateTimeException e) {
      // Another version wrote something else here; it is better to show the rest than nothing.
      return Optional.empty();
    }
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.model.Tile;
import dev.sluice.admin.model.Tile.Tone;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The overview tiles and their history of the last few minutes.
final class OverviewTiles {

  private static final int KEPT = 90;

  /// An event that waits longer than this is a warning, and longer than the next value an error.
  private static final double WAITS_LONG = 10;

  private static final double WAITS_TOO_LONG = 60;

  private final Map<Figure, Deque<Double>> values = new EnumMap<>(Figure.class);

  private enum Figure {
    ACCEPTED,
    PROCESSED,
    FAILED,
    P95,
    BACKLOG,
    OLDEST,
    RETRYING,
    DEAD
  }

  void add(Stats now) {
    for (Figure figure : Figure.values()) {
      Deque<Double> course = values.computeIfAbsent(figure, _ -> new ArrayDeque<>());
      course.addLast(value(figure, now));
      if (course.size() > KEPT) {
        course.removeFirst();
      }
    }
  }

  private static double value(Figure figure, Stats now) {
    return switch (figure) {
      case ACCEPTED -> now.rates().accepted();
      case PROCESSED -> now.rates().completed();
      case FAILED -> now.rates().failed();
      case P95 -> p95(now).orElse(0.0);
      case BACKLOG -> now.backlog().total();
      case OLDEST -> now.oldestWaitingSeconds();
      case RETRYING -> now.backlog().retrying();
      case DEAD -> now.count(Status.FAILED);
    };
  }

  private static Optional<Double> p95(Stats now) {
    return Optional.ofNullable(now.latencySeconds().acceptToDone()).map(Stats.Percentiles::p95);
  }

  List<Tile> tiles(Stats now) {
    double failing = now.rates().failed();
    long dead = now.count(Status.FAILED);
    return List.of(
        tile(Figure.ACCEPTED, "Accepted", Texts.rate(now.rates().accepted()), "/s", Tone.CALM, ""),
        tile(
            Figure.PROCESSED,
            "Processed",
            Texts.rate(now.rates().completed()),
            "/s",
            Tone.CALM,
            "status:completed"),
        tile(
            Figure.FAILED,
            "Failed permanently",
            Texts.rate(failing),
            "/s",
            failing > 0 ? Tone.BAD : Tone.CALM,
            "status:failed age:<10m"),
        tile(
            Figure.P95,
            "Accepted to done, p95",
            p95(now).map(Texts::seconds).orElse("–"),
            "",
            Tone.CALM,
            "status:completed"),
        tile(
            Figure.BACKLOG,
            "Backlog",
            Texts.count(now.backlog().total()),
            "",
            Tone.CALM,
            "status:received,processing,retrying"),
        tile(
            Figure.OLDEST,
            "Oldest waiting",
            now.oldestWaitingSeconds() > 0 ? Texts.seconds(now.oldestWaitingSeconds()) : "none",
            "",
            waitTone(now.oldestWaitingSeconds()),
            "status:received,retrying"),
        tile(
            Figure.RETRYING,
            "Retrying",
            Texts.count(now.backlog().retrying()),
            "",
            now.backlog().retrying() > 0 ? Tone.WARNING : Tone.CALM,
            "status:retrying"),
        deadTile(dead));
  }

  private static Tone waitTone(double seconds) {
    if (seconds > WAITS_TOO_LONG) {
      return Tone.BAD;
    }
    return seconds > WAITS_LONG ? Tone.WARNING : Tone.CALM;
  }

  private Tile deadTile(long dead) {
    return new Tile(
        "Dead letters",
        Texts.count(dead),
        "",
        dead > 0 ? Tone.BAD : Tone.CALM,
        course(Figure.DEAD),
        Optional.empty());
  }

  private Tile tile(
      Figure figure, String title, String value, String unit, Tone tone, String query) {
    return new Tile(title, value, unit, tone, course(figure), Optional.of(EventQuery.parse(query)));
  }

  private List<Double> course(Figure figure) {
    return List.copyOf(values.getOrDefault(figure, new ArrayDeque<>()));
  }
}

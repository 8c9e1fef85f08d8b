package dev.sluice.admin.poll;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.testing.ManualTimer;
import dev.sluice.admin.testing.TestLanes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A poller with an interval of two seconds, and a record of its requests and results. */
final class AskedPart implements Poller.Listener<String> {

  static final Duration SECOND = Duration.ofSeconds(1);

  final TestLanes bench = new TestLanes();
  final ManualTimer timer = bench.timer();
  final Tempo tempo = new Tempo(Duration.ofSeconds(2));
  final List<Instant> asked = new ArrayList<>();
  final List<String> heard = new ArrayList<>();
  Optional<Fault> fault = Optional.empty();
  Duration takes = Duration.ZERO;

  final Poller<String> poller =
      new Poller<>(bench.lanes(), tempo, SECOND, false, this::answer, this);

  String answer() {
    asked.add(timer.now());
    timer.pass(takes);
    fault.ifPresent(
        some -> {
          throw new ApiException(some);
        });
    return "answer " + asked.size();
  }

  @Override
  public void answered(String answer, Duration took) {
    heard.add(answer);
  }

  @Override
  public void failed(Fault wrong, Optional<Instant> next) {
    heard.add("fault, next in " + next.map(at -> Duration.between(timer.now(), at)).orElse(null));
  }

  /** Returns the time of each request, in seconds since the start. */
  List<Long> askedAfter() {
    return asked.stream().map(at -> Duration.between(ManualTimer.START, at).toSeconds()).toList();
  }
}

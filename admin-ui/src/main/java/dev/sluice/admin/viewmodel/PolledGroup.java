package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Polled values of one screen, and parts of it; the first value determines the age of the screen.
final class PolledGroup implements ScreenLifecycle {

  private final List<Polled<?>> polledValues;
  private final List<ScreenLifecycle> parts;

  PolledGroup(Polled<?>... polledValues) {
    this(List.of(polledValues), List.of());
  }

  private PolledGroup(List<Polled<?>> polledValues, List<ScreenLifecycle> parts) {
    this.polledValues = polledValues;
    this.parts = parts;
  }

  /// Returns a group with a part that polls for itself.
  PolledGroup with(ScreenLifecycle part) {
    return new PolledGroup(polledValues, Stream.concat(parts.stream(), Stream.of(part)).toList());
  }

  @Override
  public void show() {
    polledValues.forEach(Polled::show);
    parts.forEach(ScreenLifecycle::show);
  }

  @Override
  public void hide() {
    polledValues.forEach(Polled::hide);
    parts.forEach(ScreenLifecycle::hide);
  }

  @Override
  public void refresh() {
    polledValues.forEach(Polled::refresh);
    parts.forEach(ScreenLifecycle::refresh);
  }

  @Override
  public Optional<Instant> asOf() {
    return polledValues.getFirst().asOf().get();
  }

  @Override
  public void close() {
    polledValues.forEach(Polled::close);
    parts.forEach(ScreenLifecycle::close);
  }
}

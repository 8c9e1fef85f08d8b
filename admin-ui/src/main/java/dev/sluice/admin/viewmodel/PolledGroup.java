package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Polled values of one screen; the first one determines the age of the screen.
final class PolledGroup implements ScreenLifecycle {

  private final List<Polled<?>> polledValues;

  PolledGroup(Polled<?>... polledValues) {
    this.polledValues = List.of(polledValues);
  }

  @Override
  public void show() {
    polledValues.forEach(Polled::show);
  }

  @Override
  public void hide() {
    polledValues.forEach(Polled::hide);
  }

  @Override
  public void refresh() {
    polledValues.forEach(Polled::refresh);
  }

  @Override
  public Optional<Instant> asOf() {
    return polledValues.getFirst().asOf().get();
  }

  @Override
  public void close() {
    polledValues.forEach(Polled::close);
  }
}

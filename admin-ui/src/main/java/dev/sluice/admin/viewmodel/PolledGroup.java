package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Parts that are seen together; the first of them tells how old the screen is.
final class PolledGroup implements ScreenLifecycle {

  private final List<Polled<?>> parts;

  PolledGroup(Polled<?>... parts) {
    this.parts = List.of(parts);
  }

  @Override
  public void show() {
    parts.forEach(Polled::show);
  }

  @Override
  public void hide() {
    parts.forEach(Polled::hide);
  }

  @Override
  public void refresh() {
    parts.forEach(Polled::refresh);
  }

  @Override
  public Optional<Instant> asOf() {
    return parts.getFirst().asOf().get();
  }

  @Override
  public void close() {
    parts.forEach(Polled::close);
  }
}

package dev.sluice.admin.viewmodel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Parts that are seen together; the first of them tells how old the screen is.
final class PartGroup implements Shown {

  private final List<Part<?>> parts;

  PartGroup(Part<?>... parts) {
    this.parts = List.of(parts);
  }

  @Override
  public void show() {
    parts.forEach(Part::show);
  }

  @Override
  public void hide() {
    parts.forEach(Part::hide);
  }

  @Override
  public void refresh() {
    parts.forEach(Part::refresh);
  }

  @Override
  public Optional<Instant> asOf() {
    return parts.getFirst().asOf().get();
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }
}

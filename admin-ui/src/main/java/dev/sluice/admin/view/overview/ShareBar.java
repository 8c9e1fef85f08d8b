package dev.sluice.admin.view.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/// A bar divided into shares. It takes any width and never requests a layout for itself.
final class ShareBar extends Region {

  private static final double GAP = 2;

  /// Minimum width of a share, so that it stays visible.
  private static final double SMALLEST = 4;

  private static final double HEIGHT = 10;

  private final Map<String, Part> parts = new LinkedHashMap<>();

  /// @param style style class that sets the colour, different for each share
  record Share(String style, long amount, String hint) {}

  /// Kept from one value to the next, because a new node makes the toolkit look up all styles of
  /// the window.
  private static final class Part extends Region {

    private final Tooltip hint = new Tooltip();
    private long amount;

    private Part(String style) {
      setManaged(false);
      setVisible(false);
      getStyleClass().addAll("state-share", style);
      Tooltip.install(this, hint);
    }

    /// Shows a share and returns whether its amount changed.
    private boolean show(Share share) {
      boolean changed = amount != share.amount;
      amount = share.amount;
      hint.setText(share.hint);
      setVisible(amount > 0);
      return changed;
    }
  }

  ShareBar() {
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMinWidth(0);
    setPrefWidth(0);
  }

  void show(List<Share> shares) {
    boolean changed = false;
    for (Share share : shares) {
      changed |= parts.computeIfAbsent(share.style, this::add).show(share);
    }
    if (changed) {
      setNeedsLayout(true);
    }
  }

  private Part add(String style) {
    var part = new Part(style);
    getChildren().add(part);
    return part;
  }

  @Override
  protected void layoutChildren() {
    List<Part> seen = parts.values().stream().filter(Node::isVisible).toList();
    long sum = seen.stream().mapToLong(part -> part.amount).sum();
    double room = getWidth() - (SMALLEST + GAP) * seen.size();
    double x = 0;
    for (Part part : seen) {
      double width = SMALLEST + Math.max(0, room * part.amount / sum);
      part.resizeRelocate(Math.rint(x), 0, Math.rint(width), HEIGHT);
      x += width + GAP;
    }
  }
}

package dev.sluice.admin.view;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/// A bar that is parted as its shares are. It takes the width that it is given and never asks for
/// one.
final class ShareBar extends Region {

  private static final double GAP = 2;

  /// Smallest share that is still seen.
  private static final double SMALLEST = 4;

  private static final double HEIGHT = 10;

  private List<Share> shares = List.of();

  /// @param style class of its colour
  record Share(String style, long amount, String hint) {}

  ShareBar() {
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMinWidth(0);
    setPrefWidth(0);
  }

  void show(List<Share> now) {
    if (now.equals(shares)) {
      return;
    }
    shares = now;
    List<Region> parts = new ArrayList<>();
    for (Share share : now) {
      var part = new Region();
      part.setManaged(false);
      part.getStyleClass().addAll("state-share", share.style);
      Tooltip.install(part, new Tooltip(share.hint));
      parts.add(part);
    }
    getChildren().setAll(parts);
  }

  @Override
  protected void layoutChildren() {
    long sum = shares.stream().mapToLong(Share::amount).sum();
    double room = getWidth() - (SMALLEST + GAP) * shares.size();
    double x = 0;
    for (int place = 0; place < shares.size(); place++) {
      double share = (double) shares.get(place).amount / sum;
      double width = SMALLEST + Math.max(0, room * share);
      getChildren().get(place).resizeRelocate(Math.rint(x), 0, Math.rint(width), HEIGHT);
      x += width + GAP;
    }
  }
}

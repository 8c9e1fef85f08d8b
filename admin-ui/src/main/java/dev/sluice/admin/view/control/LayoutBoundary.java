package dev.sluice.admin.view.control;

import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Around what changes all the time and seldom its size.
///
/// Elsewhere a new text has everything around it, up to the window, find its size anew. For some
/// numbers every other second that is most of what a console does that nobody touches.
public final class LayoutBoundary extends StackPane {

  private final Region content;
  private boolean changing;
  private boolean placing;

  public LayoutBoundary(Region content) {
    super(content);
    this.content = content;
    setMinWidth(0);
  }

  /// Runs what changes texts in it, and finds it a new place only if it now takes another height.
  public void change(Runnable change) {
    changing = true;
    try {
      change.run();
    } finally {
      changing = false;
    }
    if (Math.abs(content.prefHeight(getWidth()) - getHeight()) >= 1) {
      requestLayout();
    }
  }

  /// Also what is in it asks for another place through this.
  @Override
  public void requestLayout() {
    if (changing) {
      setNeedsLayout(true);
    } else if (!placing) {
      super.requestLayout();
    }
  }

  /// Places all that is in it at once: a number that moves its unit asks for another place once
  /// more, and now there is nothing left to do about it.
  @Override
  protected void layoutChildren() {
    placing = true;
    try {
      super.layoutChildren();
      content.layout();
    } finally {
      placing = false;
    }
  }
}

package dev.sluice.admin.view.control;

import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Stops layout requests from content that changes often but rarely changes its size.
///
/// Without it, a changed text makes all surrounding nodes up to the window compute their size
/// again. With some numbers changing every other second, that is most of the work of an idle
/// console.
public final class LayoutBoundary extends StackPane {

  private final Region content;
  private boolean changing;
  private boolean placing;

  public LayoutBoundary(Region content) {
    super(content);
    this.content = content;
    setMinWidth(0);
  }

  /// Runs a change of the content, and requests a layout only if the content's height changes.
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

  /// Also called by the content when it needs another layout.
  @Override
  public void requestLayout() {
    if (changing) {
      setNeedsLayout(true);
    } else if (!placing) {
      super.requestLayout();
    }
  }

  /// Lays out the content at once: a number that moves its unit requests another layout, which then
  /// finds nothing left to do.
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

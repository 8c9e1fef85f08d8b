package dev.sluice.admin.view.control;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;
import javafx.scene.control.skin.ScrollPaneSkin;

/// Content as wide as its place, and perhaps taller.
public final class Scroll extends ScrollPane {

  public Scroll(Node content) {
    super(content);
    setFitToWidth(true);
    getStyleClass().add("screen-scroll");
  }

  /// The toolkit keeps a picture of the whole content for cheap scrolling, and paints all of it
  /// anew when one number in it changes. Here numbers change all the time, and nobody scrolls far.
  @Override
  protected Skin<?> createDefaultSkin() {
    var skin = new ScrollPaneSkin(this);
    lookupAll(".viewport").forEach(viewport -> viewport.setCache(false));
    return skin;
  }
}

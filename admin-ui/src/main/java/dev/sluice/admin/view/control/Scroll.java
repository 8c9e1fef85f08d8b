package dev.sluice.admin.view.control;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;
import javafx.scene.control.skin.ScrollPaneSkin;

/// A scroll pane whose content has its width and can be taller.
public final class Scroll extends ScrollPane {

  public Scroll(Node content) {
    super(content);
    setFitToWidth(true);
    getStyleClass().add("screen-scroll");
  }

  /// Disables the toolkit's cached image of the content. It makes scrolling cheap, but is repainted
  /// completely when one number changes; here numbers change all the time and scrolling is rare.
  @Override
  protected Skin<?> createDefaultSkin() {
    var skin = new ScrollPaneSkin(this);
    lookupAll(".viewport").forEach(viewport -> viewport.setCache(false));
    return skin;
  }
}

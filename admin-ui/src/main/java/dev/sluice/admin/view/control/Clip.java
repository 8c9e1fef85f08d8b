package dev.sluice.admin.view.control;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Puts texts where other programs can take them from.
final class Clip {

  private Clip() {}

  static void copy(String text) {
    var content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}

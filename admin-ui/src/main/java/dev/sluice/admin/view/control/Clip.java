package dev.sluice.admin.view.control;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Copies texts to the system clipboard.
final class Clip {

  private Clip() {}

  static void copy(String text) {
    var content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}

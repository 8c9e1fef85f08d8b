package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Notice;
import dev.sluice.admin.viewmodel.SessionModels;

/// Shared objects that every part of the window may need.
///
/// @param models models of the current session
public record ViewContext(
    Console console, SessionModels models, Times times, Overlay overlay, FileChoice files) {

  /// Copies a text to the clipboard and shows a message.
  public void copy(String what, String text) {
    Clip.copy(text);
    console.post(new Notice(Notice.Kind.DONE, what + " copied"));
  }

  public void warn(String text) {
    console.post(new Notice(Notice.Kind.WARNING, text));
  }
}

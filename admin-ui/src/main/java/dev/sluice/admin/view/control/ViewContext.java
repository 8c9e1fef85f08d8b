package dev.sluice.admin.view.control;

import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Notice;
import dev.sluice.admin.viewmodel.SessionModels;

/// What every part of the window may need from the whole.
///
/// @param models models of the service in use
public record ViewContext(
    Console console, SessionModels models, Times times, Overlay overlay, FileChoice files) {

  /// Puts a text where other programs can take it from, and says so.
  public void copy(String what, String text) {
    Clip.copy(text);
    console.tell(new Notice(Notice.Kind.DONE, what + " copied"));
  }

  public void warn(String text) {
    console.tell(new Notice(Notice.Kind.WARNING, text));
  }
}

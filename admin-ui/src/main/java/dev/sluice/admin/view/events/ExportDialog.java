package dev.sluice.admin.view.events;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.Export;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

/// Exports all events that match a filter to a file that the user chooses, and shows the progress.
public final class ExportDialog {

  private ExportDialog() {}

  public static void open(ViewContext at, Filter filter) {
    at.files()
        .toSave("events.csv")
        .ifPresent(
            file -> {
              Export export = at.models().export(filter, file);
              show(at, export);
              export.start();
            });
  }

  private static void show(ViewContext at, Export export) {
    Label count = Controls.label(export.progress().map(ExportDialog::text), "mono");
    Button stop =
        Keys.on(Controls.button("stop-export", "Stop", export::stop), "S", "Stop the export");
    Button close = Controls.button("close-export", "Close", at.overlay()::close, "accent");
    stop.disableProperty().bind(export.progress().map(now -> now.ended().isPresent()));
    var dialog =
        new Dialog("Export", 460)
            .with(Controls.paragraph(export.file().toString(), "mono"), count)
            .buttons(stop, Keys.on(close, "Esc", "Close, and stop a running export"));
    at.overlay().open(dialog, export::stop);
  }

  private static String text(Export.Progress now) {
    return Texts.count(now.events())
        + " events written"
        + now.ended().map(why -> ": " + why).orElse(" …");
  }
}

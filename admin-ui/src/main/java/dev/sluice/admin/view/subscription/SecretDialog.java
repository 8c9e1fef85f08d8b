package dev.sluice.admin.view.subscription;

import dev.sluice.admin.model.MadeSecret;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.ViewContext;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.kordamp.ikonli.feather.Feather;

/// The dialog that shows a signing secret, once.
final class SecretDialog {

  private SecretDialog() {}

  static void open(ViewContext at, MadeSecret made) {
    var isCopied = new AtomicBoolean();
    var secret = new TextField(made.secret());
    secret.setId("made-secret");
    secret.setEditable(false);
    secret.setAccessibleText("Signing secret");
    secret.getStyleClass().add("mono");
    Button copy =
        Controls.button(
            "copy-secret",
            "Copy",
            () -> {
              isCopied.set(true);
              at.copy("secret", made.secret());
            },
            "accent");
    copy.setGraphic(Icons.of(Feather.COPY));
    Label previous =
        Controls.paragraph(
            made.previousUntil()
                .map(at.times()::clock)
                .map(time -> "Until " + time + ", requests are also signed with the previous one.")
                .orElse(""),
            "muted");
    Controls.shown(previous, made.previousUntil().isPresent());
    var dialog =
        new Dialog("Signing secret of " + made.subscription(), 520)
            .with(
                Controls.paragraph(
                    "Copy the secret now and give it to the receiver, which verifies signatures"
                        + " with it. It is never shown again."),
                secret,
                previous)
            .buttons(Controls.button("leave-secret", "Done", at.overlay()::close), copy);
    dialog.setId("secret-dialog");
    at.overlay().open(dialog, () -> warnUnless(isCopied.get(), at, made));
  }

  private static void warnUnless(boolean isCopied, ViewContext at, MadeSecret made) {
    if (!isCopied) {
      at.warn(
          "The signing secret of "
              + made.subscription()
              + " was not copied; rotate it to get another one");
    }
  }
}

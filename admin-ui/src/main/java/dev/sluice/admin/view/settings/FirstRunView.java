package dev.sluice.admin.view.settings;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.Console;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The first screen of a new user: which service to connect to.
public final class FirstRunView extends StackPane {

  public FirstRunView(Console console) {
    setId("first-run");
    var form = new ProfileForm(console.settings(), Optional.empty());
    Button connect = Controls.button("connect", "Connect", () -> form.save(console::use), "accent");
    connect.setDefaultButton(true);
    Keys.on(connect, "Shortcut+Enter", "Connect");
    var card =
        new VBox(
            14,
            Controls.styled(Icons.of(Feather.ACTIVITY), "hint-icon"),
            Controls.label("Welcome to the Sluice console", "title-3"),
            Controls.paragraph(
                "Which service do you want to connect to? If none is running yet, start one with"
                    + " ./sluice serve and connect to http://127.0.0.1:8080.",
                "muted"),
            form,
            Controls.row(8, connect, form.testButton()));
    card.getStyleClass().add("dialog-card");
    card.setMaxSize(520, USE_PREF_SIZE);
    StackPane.setAlignment(card, Pos.CENTER);
    getChildren().add(card);
  }
}

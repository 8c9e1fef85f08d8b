package dev.sluice.admin.view.subscription;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.time.Duration;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/// The dialog that pauses processing, with a reason for other operators.
public final class PauseDialog {

  private PauseDialog() {}

  /// How long to pause.
  private enum Length {
    UNTIL_RESUMED("until resumed", Optional.empty()),
    QUARTER("for 15 minutes", Optional.of(Duration.ofMinutes(15))),
    HOUR("for an hour", Optional.of(Duration.ofHours(1))),
    DAY("for a day", Optional.of(Duration.ofDays(1)));

    private final String title;
    private final Optional<Duration> length;

    Length(String title, Optional<Duration> length) {
      this.title = title;
      this.length = length;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  public static void open(ViewContext at, SubscriptionsModel model, Optional<String> subscription) {
    var reason = new TextField();
    reason.setId("pause-reason");
    reason.setPromptText("Reason, for example: the receiver is being moved");
    reason.setAccessibleText("Reason");
    var length = new ChoiceBox<Length>();
    length.setId("pause-length");
    length.getItems().setAll(Length.values());
    length.setValue(Length.UNTIL_RESUMED);
    length.setAccessibleText("For how long");
    Keys.on(length, "Alt+L", "For how long");
    Label mistake = Controls.paragraph("", "mistake");
    Runnable pause =
        () -> {
          Optional<String> wrong =
              model.pause(subscription, reason.getText(), length.getValue().length);
          mistake.setText(wrong.orElse(""));
          if (wrong.isEmpty()) {
            at.overlay().close();
          }
        };
    reason.setOnAction(_ -> pause.run());
    Button yes = Controls.button("confirm-pause", "Pause", pause, "danger");
    var dialog =
        new Dialog("Pause " + subscription.orElse("all processing"), 480)
            .with(
                Controls.paragraph(
                    "New events are still accepted and stored. Attempts in progress finish; waiting"
                        + " deliveries use up no attempts.",
                    "muted"),
                reason,
                length,
                mistake)
            .buttons(Controls.button("leave-pause", "Cancel", at.overlay()::close), yes);
    at.overlay().open(dialog, () -> {});
  }
}

package dev.sluice.admin.view.settings;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.view.control.Choices;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.SettingsModel;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The form of a profile: address, key and options.
final class ProfileForm extends VBox {

  private final SettingsModel model;
  private final Optional<Profile> before;
  private final TextField name = new TextField();
  private final TextField address = new TextField();
  private final PasswordField key = new PasswordField();
  private final CheckBox readOnly = new CheckBox("Read-only: hide all actions that make changes");
  private final ChoiceBox<Profile.Colour> colour = new ChoiceBox<>();
  private final Label result = Controls.paragraph("", "muted");
  private final GridPane fields = new GridPane(10, 8);

  /// @param before the profile to edit; empty for a new one
  ProfileForm(SettingsModel model, Optional<Profile> before) {
    super(10);
    this.model = model;
    this.before = before;
    var names = new ColumnConstraints();
    names.setMinWidth(80);
    var values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    fields.getColumnConstraints().setAll(names, values);
    field("Address", address, "profile-address", "http://127.0.0.1:8080");
    field("Name", name, "profile-name", "for example, staging");
    field("Key", key, "profile-key", "slc_…, if the service requires one");
    colour.setId("profile-colour");
    colour.getItems().setAll(Profile.Colour.values());
    colour.setConverter(Choices.named(ProfileForm::name));
    colour.setAccessibleText("Frame colour. Red marks production");
    Keys.on(colour, "Alt+F", "Frame colour");
    fields.addRow(fields.getRowCount(), Controls.label("Frame", "muted"), colour);
    readOnly.setId("profile-read-only");
    Keys.on(readOnly, "Alt+R", "Read-only");
    getChildren()
        .addAll(
            fields,
            readOnly,
            Controls.paragraph(
                "Red marks production: confirm bulk actions by typing the number of events.",
                "muted"),
            result);
    fill();
  }

  private static String name(Profile.Colour colour) {
    return switch (colour) {
      case NONE -> "None";
      case GREEN -> "Green";
      case BLUE -> "Blue";
      case AMBER -> "Amber";
      case RED -> "Red (production)";
    };
  }

  private void field(String title, TextField field, String id, String prompt) {
    field.setId(id);
    field.setPromptText(prompt);
    field.setAccessibleText(title);
    fields.addRow(fields.getRowCount(), Controls.label(title, "muted"), field);
  }

  private void fill() {
    colour.setValue(before.map(Profile::colour).orElse(Profile.Colour.NONE));
    address.setText(before.map(Profile::address).orElse("http://127.0.0.1:8080"));
    name.setText(before.map(Profile::name).orElse("local"));
    readOnly.setSelected(before.map(Profile::readOnly).orElse(false));
    key.setText(before.flatMap(model::key).orElse(""));
  }

  private Optional<String> keyText() {
    return Optional.of(key.getText().strip()).filter(text -> !text.isEmpty());
  }

  private Profile profile() {
    return new Profile(
        name.getText().strip(),
        address.getText().strip(),
        readOnly.isSelected(),
        colour.getValue(),
        before.map(Profile::views).orElse(java.util.List.of()));
  }

  /// Saves the profile if it is valid.
  ///
  /// @param kept receives the saved profile
  void save(Consumer<Profile> kept) {
    Profile written = profile();
    Optional<String> mistake = model.save(before.map(Profile::name).orElse(""), written, keyText());
    result.getStyleClass().setAll("label", mistake.isPresent() ? "mistake" : "muted");
    result.setText(mistake.orElse(""));
    if (mistake.isEmpty()) {
      kept.accept(written);
    }
  }

  Button testButton() {
    return Keys.on(
        Controls.button("test-profile", "Test the connection", this::test),
        "Shortcut+T",
        "Check that the service responds and what the key may do");
  }

  private void test() {
    result.getStyleClass().setAll("label", "muted");
    result.setText("testing …");
    model.test(address.getText(), keyText(), result::setText);
  }
}

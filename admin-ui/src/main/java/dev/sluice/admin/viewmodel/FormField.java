package dev.sluice.admin.viewmodel;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A field of a form: its text, what is wrong with it, why the event of a test does not pass it,
/// and what another user made of it.
public final class FormField {

  private final StringProperty text;
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper mismatch = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Optional<String>> theirs =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  FormField(String text) {
    this.text = new SimpleStringProperty(text);
  }

  public StringProperty text() {
    return text;
  }

  /// Returns what is wrong with the text; empty if nothing is known to be.
  public ReadOnlyStringProperty problem() {
    return problem.getReadOnlyProperty();
  }

  void reject(String why) {
    problem.set(why);
  }

  /// Returns why the event of a test does not pass this field; empty if it does.
  public ReadOnlyStringProperty mismatch() {
    return mismatch.getReadOnlyProperty();
  }

  void mismatch(String why) {
    mismatch.set(why);
  }

  /// Returns the text of a newer version, where both it and this user changed the field.
  public ReadOnlyObjectProperty<Optional<String>> theirs() {
    return theirs.getReadOnlyProperty();
  }

  /// Replaces what was typed with the text of the newer version.
  public void useTheirs() {
    theirs.get().ifPresent(text::set);
    theirs.set(Optional.empty());
  }

  /// Brings a newer version together with what was typed.
  ///
  /// @param old text from which this user began
  /// @param newest text of the newer version
  void merge(String old, String newest) {
    boolean untouched = text.get().equals(old);
    if (untouched) {
      text.set(newest);
    }
    boolean differ = !text.get().equals(newest) && !newest.equals(old);
    theirs.set(differ ? Optional.of(newest) : Optional.empty());
  }
}

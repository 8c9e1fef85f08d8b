package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.NewEvent;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// An event that the user writes and sends.
public final class SendModel {

  private final Session session;
  private final StringProperty id = new SimpleStringProperty("");
  private final StringProperty type = new SimpleStringProperty("test");
  private final StringProperty key = new SimpleStringProperty("");
  private final StringProperty source = new SimpleStringProperty("console");
  private final StringProperty payload = new SimpleStringProperty("{\n  \"hello\": \"world\"\n}");
  private final ReadOnlyStringWrapper mistake = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  SendModel(Session session) {
    this.session = session;
  }

  /// Its id; empty to have one made.
  public StringProperty id() {
    return id;
  }

  /// Its type.
  public StringProperty type() {
    return type;
  }

  /// Its ordering key; may be empty.
  public StringProperty key() {
    return key;
  }

  /// Where it comes from; may be empty.
  public StringProperty source() {
    return source;
  }

  /// Its payload, any JSON value.
  public StringProperty payload() {
    return payload;
  }

  /// Why it was not sent; empty while nothing is wrong.
  public ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /// Whether it is under way.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// Sends it.
  ///
  /// @param sent gets its id
  public void send(Consumer<String> sent) {
    Optional<String> wrong =
        type.get().isBlank() ? Optional.of("a type is needed") : NewEvent.mistakeIn(payload.get());
    mistake.set(wrong.orElse(""));
    if (wrong.isPresent() || busy.get()) {
      return;
    }
    var event =
        new NewEvent(given(id), type.get().strip(), given(key), given(source), payload.get());
    busy.set(true);
    session.ask(
        () -> session.client().send(event).eventId(),
        newId -> {
          busy.set(false);
          sent.accept(newId);
        },
        fault -> {
          busy.set(false);
          mistake.set(fault.sentence());
        });
  }

  private static Optional<String> given(StringProperty text) {
    return Optional.of(text.get().strip()).filter(some -> !some.isEmpty());
  }
}

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

/// Model of the dialog that sends an event.
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

  /// Returns the event id; empty to let the service generate one.
  public StringProperty id() {
    return id;
  }

  public StringProperty type() {
    return type;
  }

  /// Returns the ordering key; may be empty.
  public StringProperty key() {
    return key;
  }

  /// Returns the source; may be empty.
  public StringProperty source() {
    return source;
  }

  /// Returns the payload, any JSON value.
  public StringProperty payload() {
    return payload;
  }

  /// Returns why the event was not sent; empty if nothing is wrong.
  public ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /// Whether the request is in progress.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// Sends the event.
  ///
  /// @param sent receives the id of the event
  public void send(Consumer<String> sent) {
    Optional<String> wrong =
        type.get().isBlank() ? Optional.of("enter a type") : NewEvent.mistakeIn(payload.get());
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

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Target;
import dev.sluice.admin.model.Keyring;
import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.model.SettingsStore;
import dev.sluice.admin.poll.Lanes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the settings; every change is saved at once.
public final class SettingsModel {

  private final SettingsStore store;
  private final Lanes lanes;
  private final Consumer<Notice> notices;
  private final ReadOnlyObjectWrapper<Preferences> preferences;
  private Keyring keys;

  /// Whether the last change was saved.
  private boolean kept = true;

  SettingsModel(SettingsStore store, Lanes lanes, Consumer<Notice> notices) {
    this.store = store;
    this.lanes = lanes;
    this.notices = notices;
    this.preferences = new ReadOnlyObjectWrapper<>(store.preferences());
    this.keys = store.keys();
  }

  public ReadOnlyObjectProperty<Preferences> preferences() {
    return preferences.getReadOnlyProperty();
  }

  /// Changes the settings and saves them.
  public void change(UnaryOperator<Preferences> change) {
    // Another console may have saved changes in the meantime.
    Preferences before = kept ? store.preferences() : preferences.get();
    Preferences changed = change.apply(before);
    if (changed.equals(preferences.get())) {
      return;
    }
    preferences.set(changed);
    try {
      store.save(changed);
      kept = true;
    } catch (IOException wrong) {
      kept = false;
      notices.accept(new Notice(Notice.Kind.FAILED, "settings not saved: " + wrong.getMessage()));
    }
  }

  /// Returns the key of a profile.
  public Optional<String> key(Profile profile) {
    return keys.of(profile.name());
  }

  /// Adds a profile, or replaces the one named `replaced`.
  ///
  /// @param replaced previous name of the profile; empty for a new one
  /// @return what is wrong with the profile; empty if it was saved
  public Optional<String> save(String replaced, Profile profile, Optional<String> key) {
    Optional<String> mistake = mistakeIn(replaced, profile, key);
    if (mistake.isPresent()) {
      return mistake;
    }
    Keyring known = store.keys();
    Keyring changed = replaced.isEmpty() ? known : known.with(replaced, Optional.empty());
    keep(changed.with(profile.name(), key));
    change(before -> before.withProfile(replaced, profile));
    return Optional.empty();
  }

  private Optional<String> mistakeIn(String replaced, Profile profile, Optional<String> key) {
    if (profile.name().isBlank()) {
      return Optional.of("enter a name for the profile");
    }
    boolean renamed = !profile.name().equals(replaced);
    if (renamed && preferences.get().profile(profile.name()).isPresent()) {
      return Optional.of("the name " + profile.name() + " is in use; choose another");
    }
    return addressMistake(profile.address(), key);
  }

  private static Optional<String> addressMistake(String address, Optional<String> key) {
    try {
      Target.of(address, key);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  /// Removes a profile and its key.
  public void remove(String name) {
    keep(keys.with(name, Optional.empty()));
    change(before -> before.without(name));
  }

  private void keep(Keyring changed) {
    if (changed.equals(keys)) {
      return;
    }
    keys = changed;
    try {
      store.save(changed);
    } catch (IOException wrong) {
      notices.accept(new Notice(Notice.Kind.FAILED, "key not saved: " + wrong.getMessage()));
    }
  }

  /// Tests a connection.
  ///
  /// @param result receives the outcome, as a message for the user
  public void test(String address, Optional<String> key, Consumer<String> result) {
    Optional<String> mistake = addressMistake(address, key);
    if (mistake.isPresent()) {
      result.accept(mistake.get());
      return;
    }
    Target target = Target.of(address, key);
    lanes.ask(
        () -> {
          try (var client = new SluiceClient(target)) {
            return client.meta();
          }
        },
        meta ->
            result.accept(
                "Sluice %s, %s storage, environment %s; your role is %s"
                    .formatted(meta.version(), meta.storage(), meta.environment(), meta.role())),
        fault -> result.accept(fault.sentence()));
  }
}

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

/// What the user has set; every change is kept at once.
public final class SettingsModel {

  private final SettingsStore store;
  private final Lanes lanes;
  private final Consumer<Notice> told;
  private final ReadOnlyObjectWrapper<Preferences> preferences;
  private Keyring keys;

  /// Whether what is set is what the store has.
  private boolean kept = true;

  SettingsModel(SettingsStore store, Lanes lanes, Consumer<Notice> told) {
    this.store = store;
    this.lanes = lanes;
    this.told = told;
    this.preferences = new ReadOnlyObjectWrapper<>(store.preferences());
    this.keys = store.keys();
  }

  /// What is set.
  public ReadOnlyObjectProperty<Preferences> preferences() {
    return preferences.getReadOnlyProperty();
  }

  /// Changes something.
  public void change(UnaryOperator<Preferences> change) {
    // Another console may have saved something since.
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
      told.accept(new Notice(Notice.Kind.FAILED, "settings are not kept: " + wrong.getMessage()));
    }
  }

  /// The key of a profile.
  public Optional<String> key(Profile profile) {
    return keys.of(profile.name());
  }

  /// Puts a profile in the place of the one of that name, or adds it.
  ///
  /// @param replaced name of the profile as it was; empty for a new one
  /// @return what is wrong with it; empty when it was taken
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
      return Optional.of("a profile needs a name");
    }
    boolean renamed = !profile.name().equals(replaced);
    if (renamed && preferences.get().profile(profile.name()).isPresent()) {
      return Optional.of("there is a profile " + profile.name() + " already");
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

  /// Takes a profile and its key away.
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
      told.accept(new Notice(Notice.Kind.FAILED, "the key is not kept: " + wrong.getMessage()));
    }
  }

  /// Tries a connection.
  ///
  /// @param result gets what came of it, in a sentence
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
                "Sluice %s, %s storage, environment %s; you may act as %s"
                    .formatted(meta.version(), meta.storage(), meta.environment(), meta.role())),
        fault -> result.accept(fault.sentence()));
  }
}

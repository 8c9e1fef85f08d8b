package dev.sluice.admin.model;

import java.io.IOException;

/// Stores the user's settings and keys between starts.
public interface SettingsStore {

  /// Returns the saved settings, or the defaults if there is nothing readable.
  Preferences preferences();

  /// Returns the saved keys.
  Keyring keys();

  /// Saves settings.
  ///
  /// @throws IOException if they cannot be saved; the previous ones remain
  void save(Preferences preferences) throws IOException;

  /// Saves keys so that only the user can read them.
  ///
  /// @throws IOException if they cannot be saved; the previous ones remain
  void save(Keyring keys) throws IOException;
}

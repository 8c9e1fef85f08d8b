package dev.sluice.admin.model;

import java.io.IOException;

/// Keeps what the user has set from one start to the next.
public interface SettingsStore {

  /// What was saved last; the default if there is nothing that can be read.
  Preferences preferences();

  /// Keys that were saved last.
  Keyring keys();

  /// Keeps settings.
  ///
  /// @throws IOException when they are not kept; those of before still are
  void save(Preferences preferences) throws IOException;

  /// Keeps keys where only the user can read them.
  ///
  /// @throws IOException when they are not kept; those of before still are
  void save(Keyring keys) throws IOException;
}

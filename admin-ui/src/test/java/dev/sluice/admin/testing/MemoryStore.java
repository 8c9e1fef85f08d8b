package dev.sluice.admin.testing;

import dev.sluice.admin.model.Keyring;
import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.SettingsStore;
import java.io.IOException;

/// A settings store in memory.
public final class MemoryStore implements SettingsStore {

  private Preferences preferences = Preferences.DEFAULT.withZone(Preferences.Zone.UTC);
  private Keyring keys = Keyring.EMPTY;
  private boolean broken;

  @Override
  public Preferences preferences() {
    return preferences;
  }

  @Override
  public Keyring keys() {
    return keys;
  }

  @Override
  public void save(Preferences changed) throws IOException {
    requireWhole();
    preferences = changed;
  }

  @Override
  public void save(Keyring changed) throws IOException {
    requireWhole();
    keys = changed;
  }

  private void requireWhole() throws IOException {
    if (broken) {
      throw new IOException("the disk is full");
    }
  }

  /// Makes all further saves fail.
  public void breakDown() {
    broken = true;
  }
}

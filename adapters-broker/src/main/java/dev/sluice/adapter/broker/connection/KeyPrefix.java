package dev.sluice.adapter.broker.connection;

/// The beginning of all keys of one installation, so that several can share a Redis.
///
/// @param text empty, or ends with a colon, which is in no prefix that can be configured
public record KeyPrefix(String text) {

  public static final KeyPrefix NONE = new KeyPrefix("");

  /// Returns the prefix of an installation.
  ///
  /// @param installation its `BROKER_PREFIX`, empty for none
  public static KeyPrefix of(String installation) {
    return installation.isEmpty() ? NONE : new KeyPrefix(installation + ":");
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}

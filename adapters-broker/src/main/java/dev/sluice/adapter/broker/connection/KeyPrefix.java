package dev.sluice.adapter.broker.connection;

/// What the names of all keys of one installation begin with, so that several can share a Redis.
///
/// @param text empty, or it ends with a colon, which is in no prefix that can be configured
public record KeyPrefix(String text) {

  public static final KeyPrefix NONE = new KeyPrefix("");

  /// That of an installation.
  ///
  /// @param installation its `BROKER_PREFIX`, empty for none
  public static KeyPrefix of(String installation) {
    return installation.isEmpty() ? NONE : new KeyPrefix(installation + ":");
  }

  boolean isEmpty() {
    return text.isEmpty();
  }
}

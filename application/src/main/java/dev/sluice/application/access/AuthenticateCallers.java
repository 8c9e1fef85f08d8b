package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import java.util.Optional;

/// Authenticates callers by the key that they send, from memory.
public interface AuthenticateCallers {

  /// The result of checking a key.
  sealed interface Verdict {

    /// The key is valid.
    record Known(ApiKey key) implements Verdict {}

    /// The key is refused. The reason is for the log, not for the caller.
    ///
    /// @param keyId the id of the key, if a key with this id exists
    record Refused(Reason reason, Optional<String> keyId) implements Verdict {}
  }

  /// Why a key is refused.
  enum Reason {
    /// It does not have the format of a key.
    MALFORMED,
    /// No key has its id.
    UNKNOWN,
    /// A key with its id exists, but has another secret.
    WRONG_SECRET,
    /// It has expired.
    EXPIRED,
    /// It was revoked.
    REVOKED
  }

  /// Checks a key. Takes the same time for an unknown id as for a wrong secret.
  ///
  /// @param text the whole key, as its owner has it
  Verdict authenticate(String text);

  /// Whether a key exists and is neither revoked nor expired.
  boolean isLive(String keyId);
}

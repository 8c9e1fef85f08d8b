package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import java.util.Optional;

/// Tells who calls, by the key that was sent. Answers from memory.
public interface AuthenticateCallers {

  /// What a key is worth.
  sealed interface Verdict {

    /// It is good.
    record Known(ApiKey key) implements Verdict {}

    /// It is not. Why is for the log, not for the caller.
    ///
    /// @param keyId which key it is, when there is one with this id
    record Refused(Reason reason, Optional<String> keyId) implements Verdict {}
  }

  /// Why a key is refused.
  enum Reason {
    /// It does not look like a key.
    MALFORMED,
    /// There is no key with its id.
    UNKNOWN,
    /// There is one, with another secret.
    WRONG_SECRET,
    /// Its time is over.
    EXPIRED,
    /// Somebody took it back.
    REVOKED
  }

  /// Looks a key up. Takes as long for one that is unknown as for one with another secret.
  ///
  /// @param text the whole key, as its owner has it
  Verdict authenticate(String text);

  /// Whether a key that was good is so still.
  boolean isLive(String keyId);
}

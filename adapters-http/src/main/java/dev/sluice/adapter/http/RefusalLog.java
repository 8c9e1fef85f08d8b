package dev.sluice.adapter.http;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Logs requests that were rejected for their key, at most once a second.
public final class RefusalLog {

  private final ThrottledLog log;

  public RefusalLog(LongSupplier nanoTime) {
    this.log = new ThrottledLog(System.getLogger(RefusalLog.class.getName()), nanoTime);
  }

  /// @param reason what is wrong with the key
  /// @param keyId the id of the key, when it exists
  void refused(String reason, Optional<String> keyId, String address) {
    log.log(
        Level.WARNING,
        "rejected a request from "
            + address
            + ", key "
            + keyId.map(id -> id + " ").orElse("")
            + reason);
  }
}

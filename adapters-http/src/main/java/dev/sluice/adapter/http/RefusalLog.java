package dev.sluice.adapter.http;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Tells the log of requests that were refused for their key, once a second at most.
public final class RefusalLog {

  private final ThrottledLog log;

  public RefusalLog(LongSupplier nanoTime) {
    this.log = new ThrottledLog(System.getLogger(RefusalLog.class.getName()), nanoTime);
  }

  /// @param reason what is wrong with the key
  /// @param keyId which key it is, when there is one with this id
  void refused(String reason, Optional<String> keyId, String address) {
    log.log(
        Level.WARNING,
        "refused a request from "
            + address
            + ", key "
            + keyId.map(id -> id + " ").orElse("")
            + reason);
  }
}

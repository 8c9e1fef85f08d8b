package dev.sluice.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What producers know: the ids that they sent, and the responses.
public final class History {

  private final Map<String, Fate> fates = new ConcurrentHashMap<>();

  /// What a producer knows of an event.
  public enum Fate {
    /// Sent, without a response so far.
    UNKNOWN,
    /// The service responded that it is stored.
    ACKNOWLEDGED,
    /// The service responded that it is not stored, and it was not sent again.
    REFUSED
  }

  public void sending(String id) {
    fates.put(id, Fate.UNKNOWN);
  }

  /// Records a response. A duplicate counts as acknowledged.
  public void answered(String id, int status) {
    fates.put(id, status == 202 || status == 409 ? Fate.ACKNOWLEDGED : Fate.REFUSED);
  }

  Fate fateOf(String id) {
    return fates.getOrDefault(id, Fate.REFUSED);
  }

  public boolean wasSent(String id) {
    return fates.containsKey(id);
  }

  public long count(Fate fate) {
    return fates.values().stream().filter(fate::equals).count();
  }

  public Map<String, Fate> all() {
    return Map.copyOf(fates);
  }
}

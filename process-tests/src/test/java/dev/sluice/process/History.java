package dev.sluice.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What producers know: which ids they sent, and what they were told.
final class History {

  private final Map<String, Fate> fates = new ConcurrentHashMap<>();

  /// What a producer knows of an event.
  enum Fate {
    /// It was sent, and no answer was read.
    UNKNOWN,
    /// The service said that it is stored.
    ACKNOWLEDGED,
    /// The service said that it is not stored, and it was not sent again.
    REFUSED
  }

  void sending(String id) {
    fates.put(id, Fate.UNKNOWN);
  }

  /// An answer was read. A duplicate is as good as an acknowledgement.
  void answered(String id, int status) {
    fates.put(id, status == 202 || status == 409 ? Fate.ACKNOWLEDGED : Fate.REFUSED);
  }

  Fate fateOf(String id) {
    return fates.getOrDefault(id, Fate.REFUSED);
  }

  boolean wasSent(String id) {
    return fates.containsKey(id);
  }

  long count(Fate fate) {
    return fates.values().stream().filter(fate::equals).count();
  }

  Map<String, Fate> all() {
    return Map.copyOf(fates);
  }
}

package dev.sluice.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the handlers wrote down: which attempts of which deliveries began and ended.
final class AttemptJournal {

  private final Map<String, Integer> lastBegun = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private long repeated;

  /// @param lines such as `begin EVENT ATTEMPT SUBSCRIPTION`
  AttemptJournal(List<String> lines) {
    for (String line : lines) {
      String[] parts = line.split(" ", -1);
      String delivery = parts[1] + " " + parts[3];
      String attempt = delivery + " " + parts[2];
      if (parts[0].equals("end")) {
        ended.add(attempt);
      } else {
        repeated += begun.add(attempt) ? 0 : 1;
        lastBegun.merge(delivery, Integer.parseInt(parts[2]), Math::max);
      }
    }
  }

  static AttemptJournal read(Path file) throws IOException {
    return new AttemptJournal(Files.readAllLines(file));
  }

  /// Returns how many attempts began.
  long attempts() {
    return begun.size();
  }

  /// Returns how many attempts of a delivery began twice with the same number.
  long repeated() {
    return repeated;
  }

  /// Returns the highest number of an attempt of a delivery that began; 0 when none did.
  int lastBegun(String event, String subscription) {
    return lastBegun.getOrDefault(event + " " + subscription, 0);
  }

  boolean hasEnded(String event, String subscription, int attempt) {
    return ended.contains(event + " " + subscription + " " + attempt);
  }
}

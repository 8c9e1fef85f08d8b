package dev.sluice.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.process.History.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Compares the responses to producers, the journal of the handlers, and what the service lists.
/// All counts except the first two must be 0.
///
/// @param events listed by the service
/// @param attempts begun by handlers
/// @param lost acknowledged, but not listed
/// @param phantom listed, but never sent
/// @param stuck not completed
/// @param doubled listed twice
/// @param reusedTokens attempts of an event that began twice with the same number
/// @param afterTheEnd events with an attempt that began with a higher number than the one that
///   completed the event
/// @param unexecuted completed by an attempt that no handler finished
record Verdict(
    long events,
    long attempts,
    long lost,
    long phantom,
    long stuck,
    long doubled,
    long reusedTokens,
    long afterTheEnd,
    long unexecuted) {

  /// Reads the journal and all events, and compares them.
  ///
  /// @param journal the journal of the handlers
  static Verdict of(History history, Path journal, Client client) throws Exception {
    var reader = new Reader(history);
    reader.readJournal(journal);
    reader.readEvents(client);
    return reader.verdict();
  }

  /// Whether no guarantee was violated.
  boolean isClean() {
    return lost + phantom + stuck + doubled + reusedTokens + afterTheEnd + unexecuted == 0;
  }

  private static final class Reader {
    private final History history;
    private final Map<String, Integer> lastBegun = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> shown = new HashSet<>();
    private long phantom;
    private long stuck;
    private long doubled;
    private long reusedTokens;
    private long afterTheEnd;
    private long unexecuted;

    Reader(History history) {
      this.history = history;
    }

    void readJournal(Path journal) throws IOException {
      for (String line : Files.readAllLines(journal)) {
        String[] parts = line.split(" ", -1);
        String attempt = parts[1] + " " + parts[2];
        if (parts[0].equals("end")) {
          ended.add(attempt);
        } else {
          reusedTokens += begun.add(attempt) ? 0 : 1;
          lastBegun.merge(parts[1], Integer.parseInt(parts[2]), Math::max);
        }
      }
    }

    void readEvents(Client client) throws Exception {
      client.all("/events?limit=500").forEach(this::look);
    }

    private void look(JsonNode event) {
      String id = event.path("event_id").asText();
      int attempts = event.path("attempts").asInt();
      doubled += shown.add(id) ? 0 : 1;
      phantom += history.wasSent(id) ? 0 : 1;
      stuck += event.path("status").asText().equals("completed") ? 0 : 1;
      afterTheEnd += lastBegun.getOrDefault(id, 0) > attempts ? 1 : 0;
      unexecuted += ended.contains(id + " " + attempts) ? 0 : 1;
    }

    Verdict verdict() {
      long lost =
          history.all().entrySet().stream()
              .filter(entry -> entry.getValue() == Fate.ACKNOWLEDGED)
              .filter(entry -> !shown.contains(entry.getKey()))
              .count();
      return new Verdict(
          shown.size(),
          begun.size(),
          lost,
          phantom,
          stuck,
          doubled,
          reusedTokens,
          afterTheEnd,
          unexecuted);
    }
  }
}

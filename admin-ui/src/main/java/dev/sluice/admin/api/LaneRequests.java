package dev.sluice.admin.api;

import dev.sluice.admin.api.Exchange.Patience;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests about the lanes of ordered subscriptions.
public final class LaneRequests {

  /// Maximum number of blocked lanes that one request changes.
  public static final int MOST_AT_ONCE = 500;

  private final Exchange exchange;

  LaneRequests(Exchange exchange) {
    this.exchange = exchange;
  }

  /// A lane: the unfinished deliveries of one key, of which only the head can begin.
  ///
  /// @param blocked whether it waits for an operator, because its head became a dead letter
  /// @param head event of its head
  /// @param state status of the head
  /// @param attempts attempts of the head
  /// @param behind how many deliveries wait for their turn
  /// @param since when the head entered its state
  /// @param lastError why the newest attempt of the head failed; null if it did not
  /// @param eventsBehind the first events that wait for their turn; null unless the lane was asked
  ///   for by its key
  public record Lane(
      String key,
      boolean blocked,
      String head,
      Status state,
      long attempts,
      long behind,
      Instant since,
      @Nullable Failure lastError,
      @Nullable List<String> eventsBehind) {

    public Lane {
      Required.members("lane", key, head, state, since);
    }

    /// Whether an operator may apply this action in its present state.
    public boolean allows(LaneAction action) {
      return switch (action) {
        case RETRY -> blocked || state == Status.RETRYING;
        case SKIP -> blocked || state == Status.RECEIVED || state == Status.RETRYING;
        case UNBLOCK -> blocked;
      };
    }
  }

  /// What an operator can do with a lane.
  public enum LaneAction {
    RETRY("retry", "Retry", "retried %s"),
    SKIP("skip", "Skip", "skipped %s"),
    UNBLOCK("unblock", "Unblock", "unblocked; %s stays a dead letter");

    private final String wireName;
    private final String title;
    private final String done;

    LaneAction(String wireName, String title, String done) {
      this.wireName = wireName;
      this.title = title;
      this.done = done;
    }

    /// Returns the label of the action.
    public String title() {
      return title;
    }

    /// Returns what the action does.
    ///
    /// @param isBlocked whether a dead letter blocks the lane; otherwise its head waits
    public String explained(boolean isBlocked) {
      return switch (this) {
        case RETRY ->
            isBlocked
                ? "Replays the dead letter; the events behind it wait"
                : "Attempts the head now, without waiting for its retry";
        case SKIP ->
            isBlocked
                ? "Discards the dead letter; the lane continues"
                : "Cancels the head; the lane continues";
        case UNBLOCK -> "Keeps the dead letter; the lane continues";
      };
    }

    /// Returns what was done with the head of a lane.
    public String done(String head) {
      return done.formatted(head);
    }
  }

  private static String path(String subscription) {
    return SubscriptionRequests.path(subscription) + "/lanes";
  }

  /// Returns lanes in the order of their keys.
  public List<Lane> all(String subscription, int limit) {
    return exchange.list(path(subscription) + "?limit=" + limit, Lane.class);
  }

  /// Returns blocked lanes in the order of their keys.
  public List<Lane> blocked(String subscription, int limit) {
    return exchange.list(path(subscription) + "?blocked=true&limit=" + limit, Lane.class);
  }

  /// Returns the lane of a key with the events behind its head; empty if nothing of it is
  /// unfinished.
  public Optional<Lane> find(String subscription, String key) {
    try {
      String query = "?key=" + SluiceClient.encode(key);
      return exchange.list(path(subscription) + query, Lane.class).stream().findFirst();
    } catch (ApiException e) {
      if (e.fault().isMissing()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Decides about the head of a lane, if it still is the head.
  public void act(String subscription, LaneAction action, Lane lane) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("action", action.wireName);
    request.put("key", lane.key());
    request.put("head", lane.head());
    send(subscription, request);
  }

  /// Decides about the heads of up to [#MOST_AT_ONCE] blocked lanes.
  public void actOnBlocked(String subscription, LaneAction action) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("action", action.wireName);
    request.put("blocked", true);
    request.put("limit", MOST_AT_ONCE);
    send(subscription, request);
  }

  private void send(String subscription, Map<String, Object> request) {
    Optional<byte[]> body = Optional.of(Json.write(request));
    exchange.send("POST", path(subscription), body, Patience.USUAL);
  }
}

package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.operate.LaneAction;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.subscription.MemberReader;
import java.util.Map;
import java.util.Optional;

/// What to do with a lane, or with blocked lanes.
///
/// @param action what to do
/// @param key the lane; empty for blocked ones
/// @param head the event that must be the head; empty for any
/// @param limit maximum number of blocked lanes
record LaneRequest(LaneAction action, Optional<String> key, Optional<EventId> head, int limit) {

  /// Longer bodies are refused.
  static final int MAX_BYTES = 4 * 1024;

  /// Each lane takes several calls of the storage.
  private static final int MAX_LIMIT = 500;

  private static final int DEFAULT_LIMIT = 100;

  /// Reads a body.
  ///
  /// @throws ProblemException when it is not valid
  static LaneRequest read(byte[] body) {
    var reader = new Reader(new MemberReader(JsonCursor.document(body)));
    try {
      reader.read();
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
    return reader.request();
  }

  /// Collects the members.
  private static final class Reader {
    private final MemberReader members;
    private Optional<LaneAction> action = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<EventId> head = Optional.empty();
    private Optional<Integer> limit = Optional.empty();
    private boolean hasAction;
    private boolean hasKey;
    private boolean hasLimit;
    private boolean isForBlocked;

    Reader(MemberReader members) {
      this.members = members;
    }

    void read() {
      boolean isObject =
          members.object(
              "",
              Map.of(
                  "action", this::readAction,
                  "key", this::readKey,
                  "head", this::readHead,
                  "blocked", this::readBlocked,
                  "limit", this::readLimit));
      if (isObject && !hasAction) {
        members.problem("/action", "is required: retry, skip or unblock");
      }
      if (isObject && !hasKey && !isForBlocked) {
        members.problem("/key", "is required, or send \"blocked\": true");
      }
      if (hasKey && isForBlocked) {
        members.problem("/blocked", "cannot be combined with key");
      }
      if (hasLimit && !isForBlocked) {
        members.problem("/limit", "is only for \"blocked\": true");
      }
      if (head.isPresent() && isForBlocked) {
        members.problem("/head", "needs a key");
      }
    }

    private void readAction(String pointer) {
      hasAction = true;
      Optional<String> text = members.string(pointer);
      action = text.flatMap(LaneAction::ofWireName);
      if (text.isPresent() && action.isEmpty()) {
        members.problem(pointer, "must be retry, skip or unblock");
      }
    }

    private void readKey(String pointer) {
      hasKey = true;
      key = members.string(pointer);
      key.flatMap(text -> Attributes.problemWith(Attributes.KEY, text))
          .ifPresent(problem -> members.problem(pointer, problem));
    }

    private void readLimit(String pointer) {
      hasLimit = true;
      limit = members.integer(pointer, 1, MAX_LIMIT);
    }

    private void readHead(String pointer) {
      try {
        head = members.string(pointer).map(EventId::new);
      } catch (IllegalArgumentException e) {
        members.problem(pointer, "must be the id of an event");
      }
    }

    private void readBlocked(String pointer) {
      isForBlocked = members.flag(pointer).orElse(false);
    }

    LaneRequest request() {
      if (!members.problems().isEmpty() || action.isEmpty()) {
        throw new ProblemException(
            Problem.of(
                ProblemCode.INVALID_FILTER,
                "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
                members.problems()));
      }
      return new LaneRequest(action.get(), key, head, limit.orElse(DEFAULT_LIMIT));
    }
  }
}

package dev.sluice.server.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/// A placeholder for real handlers, so that a new installation has something to show.
///
/// It waits, then succeeds. If it obeys payloads, `"fail": true` fails every attempt, and
/// `"fail_times": n` the first n.
public final class DemoHandler implements PreviewingHandler {

  private static final JsonFactory JSON = new JsonFactory();

  private final Duration delay;
  private final boolean obeysPayloads;

  /// @param delay how long each attempt takes
  /// @param obeysPayloads whether a payload can make attempts fail; off for real events, whose
  ///   payloads may have such a member by chance
  public DemoHandler(Duration delay, boolean obeysPayloads) {
    this.delay = delay;
    this.obeysPayloads = obeysPayloads;
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt)
      throws InterruptedException, IOException {
    if (delay.isPositive()) {
      Thread.sleep(delay);
    }
    Instructions instructions = instructionsOf(event);
    boolean fails = instructions.isFailing || attempt.sinceReplay() <= instructions.failingAttempts;
    return fails ? Outcome.failed("DemoFailure", "the payload asked to fail") : Outcome.SUCCEEDED;
  }

  @Override
  public Preview preview(Event event, AttemptContext attempt) {
    try {
      return new Preview(describe(instructionsOf(event)), Optional.empty());
    } catch (IOException e) {
      return new Preview("Fails each attempt: " + e.getMessage(), Optional.empty());
    }
  }

  private static String describe(Instructions instructions) {
    if (instructions.isFailing) {
      return "Fails each attempt, because the payload asks for it.";
    }
    return instructions.failingAttempts > 0
        ? "Fails this many attempts, because the payload asks for it: "
            + instructions.failingAttempts
            + "."
        : "Does nothing with the event and succeeds.";
  }

  private record Instructions(boolean isFailing, int failingAttempts) {
    static final Instructions NONE = new Instructions(false, 0);
  }

  private Instructions instructionsOf(Event event) throws IOException {
    String json = event.payload().json();
    // Most payloads ask for nothing; this check saves parsing them.
    return obeysPayloads && json.startsWith("{") && json.contains("\"fail")
        ? instructionsOf(json)
        : Instructions.NONE;
  }

  private static Instructions instructionsOf(String json) throws IOException {
    boolean isFailing = false;
    int failingAttempts = 0;
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("fail")) {
          isFailing = value == JsonToken.VALUE_TRUE;
        } else if (name.equals("fail_times") && value == JsonToken.VALUE_NUMBER_INT) {
          failingAttempts = clamped(parser.getBigIntegerValue());
        }
        parser.skipChildren();
      }
    }
    return new Instructions(isFailing, failingAttempts);
  }

  private static int clamped(BigInteger number) {
    return number.max(BigInteger.ZERO).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
  }
}

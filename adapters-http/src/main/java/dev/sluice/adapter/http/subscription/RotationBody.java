package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.text.DurationCodec;
import dev.sluice.format.EventWriter;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and answers requests to rotate a signing secret. Used once.
final class RotationBody {

  /// Longer bodies are refused.
  static final int MAX_BYTES = 4 * 1024;

  private static final String GRACE_RULE = "must be a duration from 0s to 7d, such as 24h";

  private final List<FieldProblem> problems = new ArrayList<>();
  private Duration grace = Rotation.DEFAULT_GRACE;
  private Optional<Secret.Plain> secret = Optional.empty();

  private RotationBody() {}

  /// Reads a body; an empty one asks for a secret that is made by the service, with the usual grace
  /// period.
  ///
  /// @throws ProblemException when it is not valid
  static Rotation read(byte[] body) {
    if (body.length == 0) {
      return new Rotation(Optional.empty(), Rotation.DEFAULT_GRACE);
    }
    var reader = new RotationBody();
    try {
      reader.read(JsonCursor.document(body));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
    if (!reader.problems.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_SUBSCRIPTION,
              "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
              reader.problems));
    }
    return new Rotation(reader.secret, reader.grace);
  }

  private void read(JsonCursor json) {
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      throw new MalformedJsonException("expected a JSON object");
    }
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "grace" -> text(json, name, GRACE_RULE).ifPresent(this::readGrace);
        case "secret" ->
            text(json, name, "must be a string").ifPresent(text -> secret = plain(text));
        default -> {
          json.skip();
          problems.add(
              new FieldProblem(JsonEvents.pointerTo(name), "is unknown; known are grace, secret"));
        }
      }
    }
    json.requireEnd();
  }

  private Optional<String> text(JsonCursor json, String name, String rule) {
    if (json.kind() == JsonCursor.Kind.STRING) {
      return Optional.of(json.string());
    }
    json.skip();
    problems.add(new FieldProblem("/" + name, rule));
    return Optional.empty();
  }

  private static Optional<Secret.Plain> plain(String text) {
    return Optional.of(new Secret.Plain(text));
  }

  private void readGrace(String text) {
    DurationCodec.decode(text)
        .filter(time -> time.compareTo(Rotation.MAX_GRACE) <= 0)
        .ifPresentOrElse(
            time -> grace = time, () -> problems.add(new FieldProblem("/grace", GRACE_RULE)));
  }

  /// Returns the response to a rotation.
  ///
  /// @param created the secret that was made, which is shown once
  static byte[] write(Subscription rotated, Optional<Secret.Plain> created) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", rotated.name().value());
          json.writeNumberField("version", rotated.version());
          if (created.isPresent()) {
            json.writeStringField("secret", created.get().reveal());
          }
          Optional<Instant> until = previousUntil(rotated);
          if (until.isPresent()) {
            EventWriter.writeTime(json, "previous_until", until.get());
          }
          json.writeEndObject();
        });
  }

  private static Optional<Instant> previousUntil(Subscription rotated) {
    return rotated.definition().destination() instanceof Destination.Webhook webhook
        ? webhook.secrets().stream().skip(1).findFirst().flatMap(SigningSecret::until)
        : Optional.empty();
  }
}

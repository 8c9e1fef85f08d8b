package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.application.access.ManageKeys.Wish;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what a new key is to be like: `owner`, `role`, `types`, `hide_payloads`, `expires_at`.
final class KeyReader {

  private static final String IS_REQUIRED = "is required: ";
  private static final String ROLES =
      "one of "
          + Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));

  private final Instant now;
  private final List<FieldProblem> problems = new ArrayList<>();
  private @Nullable String owner;
  private @Nullable Role role;
  private final List<TypePattern> types = new ArrayList<>();
  private boolean hidesPayloads;
  private Optional<Instant> expiresAt = Optional.empty();

  KeyReader(Instant now) {
    this.now = now;
  }

  /// @throws ProblemException when the body is not JSON, or breaks a rule
  Wish read(byte[] body) throws IOException {
    try (JsonParser parser = Json.document(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException(
            "expected an object such as {\"owner\": \"shop\", \"role\": \"producer\"}");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        readMember(parser, name, EventReader.pointerTo(name));
      }
      EventReader.requireEnd(parser);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problems.malformed(MalformedJsonException.of(e)));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
    return wish();
  }

  private void readMember(JsonParser parser, String name, String pointer) throws IOException {
    switch (name) {
      case "owner" -> readOwner(parser, pointer);
      case "role" -> readRole(parser, pointer);
      case "types" -> readTypes(parser, pointer);
      case "hide_payloads" -> readHidesPayloads(parser, pointer);
      case "expires_at" -> readExpiry(parser, pointer);
      default -> problem(parser, pointer, "is not known here");
    }
  }

  private void readOwner(JsonParser parser, String pointer) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      problem(parser, pointer, "must be a string");
      owner = "";
      return;
    }
    String text = parser.getText();
    owner = text;
    ApiKey.ownerProblem(text).ifPresent(detail -> problems.add(new FieldProblem(pointer, detail)));
  }

  private void readRole(JsonParser parser, String pointer) throws IOException {
    Optional<Role> named =
        parser.currentToken() == JsonToken.VALUE_STRING
            ? Role.named(parser.getText())
            : Optional.empty();
    if (named.isEmpty()) {
      problem(parser, pointer, "must be " + ROLES);
    }
    role = named.orElse(Role.PRODUCER);
  }

  private void readTypes(JsonParser parser, String pointer) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      problem(parser, pointer, "must be an array of patterns such as order.*");
      return;
    }
    for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      try {
        types.add(new TypePattern(text));
      } catch (IllegalArgumentException e) {
        problem(parser, pointer + "/" + index, "must be a pattern of 1 to 255 characters");
      }
    }
  }

  private void readHidesPayloads(JsonParser parser, String pointer) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      problem(parser, pointer, "must be true or false");
    }
    hidesPayloads = parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  private void readExpiry(JsonParser parser, String pointer) throws IOException {
    expiresAt =
        switch (parser.currentToken()) {
          case VALUE_STRING -> Timestamps.parse(parser.getText());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofEpoch(parser.getDecimalValue());
          default -> Optional.empty();
        };
    if (expiresAt.isEmpty()) {
      problem(parser, pointer, "must be a time: RFC 3339, or seconds since 1970");
    } else if (!expiresAt.get().isAfter(now)) {
      problem(parser, pointer, "must lie in the future");
    }
  }

  private void problem(JsonParser parser, String pointer, String detail) throws IOException {
    parser.skipChildren();
    problems.add(new FieldProblem(pointer, detail));
  }

  private Wish wish() {
    String givenOwner = owner;
    Role givenRole = role;
    if (givenOwner == null) {
      problems.add(new FieldProblem("/owner", IS_REQUIRED + "who gets the key"));
    }
    if (givenRole == null) {
      problems.add(new FieldProblem("/role", IS_REQUIRED + ROLES));
    } else if (problems.isEmpty()) {
      ApiKey.typesProblem(givenRole, types)
          .ifPresent(detail -> problems.add(new FieldProblem("/types", detail)));
    }
    if (givenOwner == null || givenRole == null || !problems.isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemCode.INVALID_KEY, "no key was made; mend what errors names", problems));
    }
    return new Wish(givenOwner, givenRole, types, hidesPayloads, expiresAt);
  }
}

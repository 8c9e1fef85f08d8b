package dev.sluice.format.webhook;

import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.webhook.BodyResult.Rendered;
import dev.sluice.format.webhook.BodyResult.Unrenderable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A JSON document with placeholders for values of an event.
///
/// A string that is one placeholder becomes the value, of whatever type; placeholders inside of a
/// text become text. What is put in is not read for placeholders again, so that the cost is that of
/// one pass over the payload and of at most [#MAX_RESULT] bytes.
public final class WebhookTemplate {

  /// Longer templates are refused.
  public static final int MAX_LENGTH = 16 * 1024;

  /// Longer results are refused.
  static final int MAX_RESULT = 64 * 1024;

  private static final Unrenderable TOO_LONG =
      new Unrenderable(
          "the body would be longer than "
              + MAX_RESULT
              + " bytes: name smaller parts of the event in the template");

  private final List<TemplatePart> parts;
  private final FieldPaths paths;
  private final TextStyle style;

  private WebhookTemplate(List<TemplatePart> parts, TextStyle style) {
    this.parts = List.copyOf(parts);
    this.paths =
        FieldPaths.of(
            placeholders(parts)
                .filter(Placeholder::isInPayload)
                .map(one -> one.path().subList(1, one.path().size())));
    this.style = style;
  }

  private static Stream<Placeholder> placeholders(List<TemplatePart> parts) {
    return parts.stream()
        .flatMap(
            part ->
                switch (part) {
                  case TemplatePart.Literal _ -> Stream.empty();
                  case TemplatePart.Whole(Placeholder placeholder) -> Stream.of(placeholder);
                  case TemplatePart.Inside(Placeholder placeholder) -> Stream.of(placeholder);
                });
  }

  /// Reads a template.
  ///
  /// @param json text of any length
  public static ReadTemplate read(String json) {
    return read(json, TextStyle.VALUES);
  }

  static ReadTemplate read(String json, TextStyle style) {
    if (json.length() > MAX_LENGTH) {
      return invalid("must have at most " + MAX_LENGTH + " characters: shorten it");
    }
    try {
      var reader = new TemplateReader(json.getBytes(StandardCharsets.UTF_8));
      List<TemplatePart> parts = reader.read();
      return reader.problems().isEmpty()
          ? new ReadTemplate.Valid(new WebhookTemplate(parts, style))
          : new ReadTemplate.Invalid(List.copyOf(reader.problems()));
    } catch (MalformedJsonException e) {
      return invalid("must be JSON: " + e.getMessage());
    }
  }

  private static ReadTemplate invalid(String detail) {
    return new ReadTemplate.Invalid(List.of(new FieldProblem("", detail)));
  }

  /// Renders a delivery. The result is valid JSON.
  BodyResult render(Delivered delivered) {
    try {
      return render(new DeliveredValues(delivered, paths));
    } catch (MalformedJsonException e) {
      return new Unrenderable("the payload is damaged: " + e.getMessage());
    }
  }

  private BodyResult render(DeliveredValues values) {
    var body = new BoundedText(MAX_RESULT);
    for (TemplatePart part : parts) {
      Optional<Unrenderable> problem =
          switch (part) {
            case TemplatePart.Literal(String json) -> append(body, json);
            case TemplatePart.Whole(Placeholder placeholder) ->
                put(body, values, placeholder, true);
            case TemplatePart.Inside(Placeholder placeholder) ->
                put(body, values, placeholder, false);
          };
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return new Rendered(WebhookBody.ofJson(body.toString()));
  }

  private Optional<Unrenderable> put(
      BoundedText body, DeliveredValues values, Placeholder placeholder, boolean isWhole) {
    Optional<TemplateValue> value = value(values, placeholder).map(style::apply);
    if (value.isEmpty()) {
      return Optional.of(missing(placeholder.name()));
    }
    if (isWhole && value.get() instanceof TemplateValue.Raw(String json)) {
      return append(body, json);
    }
    // The escaped text is at least as long.
    String text = value.get().text();
    if (!body.mayFit(text)) {
      return Optional.of(TOO_LONG);
    }
    return append(body, isWhole ? JsonText.quoted(text) : JsonText.escaped(text));
  }

  private static Optional<TemplateValue> value(DeliveredValues values, Placeholder placeholder) {
    Optional<TemplateValue> value = values.at(placeholder.path());
    return placeholder.fallback().isEmpty()
        ? value
        : value
            .filter(found -> !found.equals(TemplateValue.Raw.NULL))
            .or(() -> placeholder.fallback().map(TemplateValue.Text::new));
  }

  private static Optional<Unrenderable> append(BoundedText body, String json) {
    return body.append(json) ? Optional.empty() : Optional.of(TOO_LONG);
  }

  private static Unrenderable missing(String name) {
    return new Unrenderable(
        "the template names "
            + name
            + ", which the event does not have: give a default, such as {"
            + name
            + "|none}");
  }
}

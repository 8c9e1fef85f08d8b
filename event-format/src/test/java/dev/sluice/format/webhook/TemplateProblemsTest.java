package dev.sluice.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.subscription.ReadSubscription;
import dev.sluice.format.subscription.SubscriptionFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a template must not contain, and where the problem is.
final class TemplateProblemsTest {

  private static List<FieldProblem> problems(String template) {
    return WebhookTemplate.read(template) instanceof ReadTemplate.Invalid(var problems)
        ? problems
        : List.of();
  }

  private static String placeholders(int count) {
    return Stream.generate(() -> "{type}").limit(count).collect(Collectors.joining());
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/a       | {`a`:`{`}",
        "/a       | {`a`:`x {type`}",
        "/a       | {`a`:`{type {subject}`}",
        "/a       | {`a`:`}`}",
        "/a       | {`a`:`{type}}`}",
        "/a       | {`a`:`{}`}",
        "/a       | {`a`:`{typ}`}",
        "/a       | {`a`:`{ type}`}",
        "/a       | {`a`:`{Type}`}",
        "/a       | {`a`:`{type.x}`}",
        "/a       | {`a`:`{event.type}`}",
        "/a       | {`a`:`{payload.}`}",
        "/a       | {`a`:`{payload..x}`}",
        "/a       | {`a`:`{.payload}`}",
        "/a       | {`a`:`{extensions}`}",
        "/a       | {`a`:`{extensions.a.b}`}",
        "/a       | {`a`:1,`a`:2}",
        "/a/1/b~1 | {`a`:[1,{`b/`:`{x}`}]}"
      })
  void wrongTemplate_isRefusedWithItsPlace(String pointer, String template) {
    assertThat(problems(template.replace('`', '"')))
        .extracting(FieldProblem::name)
        .containsExactly(pointer);
  }

  @Test
  void bounds_areChecked() {
    assertThat(problems(nested(16))).isEmpty();
    assertThat(problems(nested(17)))
        .extracting(FieldProblem::detail)
        .containsExactly("is nested too deeply: at most 16 levels");
    assertThat(problems("[\"" + placeholders(100) + "\"]")).isEmpty();
    assertThat(problems("[\"" + placeholders(101) + "\"]"))
        .containsExactly(new FieldProblem("", "must have at most 100 placeholders: remove some"));
    assertThat(problems("[\"" + "x".repeat(16_380) + "\"]")).isEmpty();
    assertThat(problems("[\"" + "x".repeat(16_381) + "\"]"))
        .containsExactly(new FieldProblem("", "must have at most 16384 characters: shorten it"));
    assertThat(problems("[" + "\"{\",".repeat(50) + "1]")).hasSize(20);
    assertThat(problems("[\"" + "{".repeat(16_379) + "\"]")).hasSize(1);
  }

  /// Whatever a template contains: it is refused, or what it makes is JSON.
  @Property
  void everyTemplate_isRefusedOrMakesJson(
      @ForAll("templateTexts") String name, @ForAll("templateTexts") String text)
      throws IOException {
    String template = "{" + JsonText.quoted(name) + ":[" + JsonText.quoted(text) + "]}";

    if (Samples.result(template, Samples.full("{\"a\":[0.10]}"))
        instanceof BodyResult.Rendered(WebhookBody body)) {
      assertThat(Samples.json(body).get(name).size()).isEqualTo(1);
    }
  }

  @Provide
  Arbitrary<String> templateTexts() {
    return Arbitraries.of(
            "{", "}", "{{", "}}", "|", ".", "\"", "\\", "\n", "type", "payload", "a", "0")
        .list()
        .ofMaxSize(9)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void whatIsNotJson_isOneProblem() {
    assertThat(problems("{\"a\":}"))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.detail()).startsWith("must be JSON: expected a value"));
    assertThat(problems("{} {}")).hasSize(1);
    assertThat(problems("")).hasSize(1);
  }

  @Test
  void problem_saysWhatToWrite() {
    assertThat(problems("[\"{payloda.id}\",\"{a\",\"a}\",\"{}\"]"))
        .extracting(FieldProblem::detail)
        .containsExactly(
            "has {payloda.id}, which is not part of an event: use payload.NAME, extensions.NAME, or"
                + " one of attempt, event, event_id, excerpt, key, occurred_at, priority,"
                + " received_at, replay_of, source, subject, subscription, traceparent, tracestate, type",
            "has a { without a } after it: write {{ for a literal brace",
            "has a } without a { before it: write }} for a literal brace",
            "has {}, which lacks a name: write a path such as {payload.order.id}");
  }

  private static String definition(String template) {
    return "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\",\"url\":\"https://a.test\","
        + "\"format\":\"template\",\"template\":"
        + template
        + "}}";
  }

  private static ReadSubscription sent(String definition) {
    return SubscriptionFormat.read(
        JsonCursor.document(definition.getBytes(StandardCharsets.UTF_8)),
        "",
        RetryPolicy.DEFAULT,
        _ -> false);
  }

  @Test
  void definition_isRefusedWithItsTemplate() {
    assertThat(sent(definition("{\"a\":\"{x}\"}")))
        .isInstanceOfSatisfying(
            ReadSubscription.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(FieldProblem::name)
                    .containsExactly("/destination/template/a"));
    assertThat(sent(definition("{\"a\":\"{type}\"}"))).isInstanceOf(ReadSubscription.Valid.class);
  }

  /// Another version may have stored it, and it must not make the whole subscription unreadable.
  @Test
  void storedDefinition_isReadWithItsTemplate() {
    assertThat(SubscriptionFormat.read(definition("{\"a\":\"{x}\"}"), RetryPolicy.DEFAULT))
        .isInstanceOf(ReadSubscription.Valid.class);
  }
}

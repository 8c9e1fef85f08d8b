package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.Filter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The examples in docs/subscriptions.md are right.
final class FilterExamplesTest {

  private static final Path PAGE = Path.of("../docs/subscriptions.md");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "#### (\\d+\\. [^\n]*)\n\n```json\n(.*?)\n```\n\n((?:- [^\n]*\n)+)", Pattern.DOTALL);
  private static final Pattern EVENT = Pattern.compile("- (matches|does not match): `(.*)`\n");
  private static final Pattern JSON = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

  private static List<MatchResult> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
  }

  @Test
  void thereAreTwenty_eachWithBothKindsOfEvents() throws IOException {
    assertThat(examples()).hasSize(20);
    assertThat(examples())
        .allSatisfy(
            example ->
                assertThat(example.group(3)).contains("- matches: `", "- does not match: `"));
  }

  @Test
  void everyPattern_isUnderstood() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(JSON.matcher(page.substring(page.indexOf("\n## Filters\n"))).results())
        .hasSizeGreaterThan(20)
        .allSatisfy(found -> assertThat(SampleEvent.filter(found.group(1)).paths()).isNotEmpty());
  }

  @TestFactory
  Stream<DynamicTest> examples_areRight() throws IOException {
    return examples().stream()
        .map(example -> DynamicTest.dynamicTest(example.group(1), () -> check(example)));
  }

  private static void check(MatchResult example) {
    Filter filter = SampleEvent.filter(example.group(2));
    List<MatchResult> events = EVENT.matcher(example.group(3)).results().toList();
    assertThat(events).hasSameSizeAs(example.group(3).lines().toList());
    assertThat(events)
        .allSatisfy(
            event ->
                assertThat(filter.matches(event(event.group(2), filter)))
                    .isEqualTo(event.group(1).equals("matches")));
  }

  private static EventFields event(String json, Filter filter) {
    ReadEvent read =
        EventReader.readDocument(json.getBytes(StandardCharsets.UTF_8), TraceContext.NONE);
    EventDraft draft = ((ReadEvent.Valid) read).draft();
    Map<String, String> attributes = new HashMap<>();
    attributes.put(EventFields.TYPE, draft.type().value());
    put(attributes, EventFields.SOURCE, draft.attributes().source());
    put(attributes, EventFields.SUBJECT, draft.attributes().subject());
    put(attributes, EventFields.KEY, draft.attributes().key());
    return SampleEvent.of(attributes, draft.payload().json(), filter);
  }

  private static void put(Map<String, String> attributes, String name, Optional<String> value) {
    value.ifPresent(text -> attributes.put(name, text));
  }
}

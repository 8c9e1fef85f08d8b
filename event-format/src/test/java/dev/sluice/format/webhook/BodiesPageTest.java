package dev.sluice.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.WebhookFormat;
import dev.sluice.format.EventReader;
import dev.sluice.format.TraceContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The examples in docs/webhook-bodies.md are right.
final class BodiesPageTest {

  private static final Path PAGE = Path.of("../docs/webhook-bodies.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(?:json|http)\n(.*?)\n```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern ROW = Pattern.compile("^\\| (`\\{.*?) \\|", Pattern.MULTILINE);
  private static final Pattern PLACEHOLDER = Pattern.compile("`\\{([^`|{}]+)}`");

  /// Returns the blocks of the section that a format is the first word of.
  private static List<String> blocks(String heading) throws IOException {
    String section =
        Arrays.stream(Files.readString(PAGE).split("\n## ", -1))
            .filter(text -> text.startsWith(heading))
            .findAny()
            .orElseThrow();
    return BLOCK.matcher(section).results().map(found -> found.group(1)).toList();
  }

  private static Event event() throws IOException {
    byte[] text = blocks("# Bodies").getFirst().getBytes(StandardCharsets.UTF_8);
    return Samples.stored(EventReader.readDocument(text, TraceContext.NONE));
  }

  @ParameterizedTest
  @EnumSource(names = {"STANDARD", "CLOUDEVENTS_STRUCTURED", "SLACK"})
  void body_isTheOneOfThePage(WebhookFormat format) throws IOException {
    String example = blocks("`" + format.wireName() + "`").getFirst();

    assertThat(Samples.json(Samples.render(format, event()))).isEqualTo(Samples.json(example));
  }

  @Test
  void headers_areThoseOfThePage() throws IOException {
    WebhookBody body = Samples.render(WebhookFormat.CLOUDEVENTS, event());
    String headers =
        body.headers().entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue() + "\n")
            .collect(Collectors.joining());

    assertThat(blocks("`cloudevents`").getFirst())
        .isEqualTo(headers + "content-type: " + body.contentType() + "\n\n" + Samples.text(body));
  }

  @Test
  void template_becomesWhatThePageSays() throws IOException {
    List<String> blocks = blocks("`template`");

    String body = Samples.render(blocks.get(0), event());

    assertThat(Samples.json(body)).isEqualTo(Samples.json(blocks.get(1)));
    assertThat(body).contains("\"amount\":19.90,");
  }

  @Test
  void placeholders_areThoseThatExist() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .flatMap(row -> PLACEHOLDER.matcher(row.group(1)).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(documented)
        .hasSizeGreaterThan(15)
        .allSatisfy(
            path ->
                assertThat(WebhookTemplate.read("[\"{" + path + "}\"]"))
                    .isInstanceOf(ReadTemplate.Valid.class));
    assertThat(documented).containsAll(TextSplitter.NAMES);
  }
}

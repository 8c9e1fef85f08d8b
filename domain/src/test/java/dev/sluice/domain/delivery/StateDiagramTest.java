package dev.sluice.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Checks `docs/state-machine.md` against the code.
final class StateDiagramTest {

  private static final String PAGE = read(Path.of("..", "docs", "state-machine.md"));
  private static final Pattern DIAGRAM =
      Pattern.compile("```mermaid\\nstateDiagram-v2\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EDGE = Pattern.compile("^ +(\\S+) --> (\\w+):", Pattern.MULTILINE);
  private static final Pattern TABLE_ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);
  private static final Pattern LIST_ITEM = Pattern.compile("^\\d\\. `(\\w+)`", Pattern.MULTILINE);

  @Test
  void edgesOfTheDiagram_areTheTransitionTable() {
    Stream<String> legal =
        TransitionTable.LEGAL.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(to -> entry.getKey().wireName() + " --> " + to.wireName()));

    assertThat(edges())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("[*] --> received"), legal).toList());
  }

  @Test
  void everyLineOfTheDiagram_isAnEdge() {
    assertThat(diagram().lines()).hasSameSizeAs(edges());
  }

  @Test
  void table_hasOneRowForEachStatus() {
    assertThat(names(TABLE_ROW))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList());
  }

  @Test
  void precedenceOfEventStatuses_isAsListed() {
    List<String> listed = names(LIST_ITEM);

    List<String> decided =
        Stream.iterate(EnumSet.allOf(DeliveryStatus.class), StateDiagramTest::withoutDecisive)
            .limit(EventStatus.values().length)
            .map(left -> EventStatus.of(left).wireName())
            .toList();

    assertThat(listed).isEqualTo(decided).hasSize(EventStatus.values().length);
  }

  private static EnumSet<DeliveryStatus> withoutDecisive(EnumSet<DeliveryStatus> deliveries) {
    String decisive = EventStatus.of(deliveries).wireName();
    return deliveries.stream()
        .filter(status -> !status.wireName().equals(decisive))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryStatus.class)));
  }

  private static List<String> edges() {
    return EDGE.matcher(diagram())
        .results()
        .map(edge -> edge.group(1) + " --> " + edge.group(2))
        .toList();
  }

  private static String diagram() {
    return DIAGRAM
        .matcher(PAGE)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
  }

  private static List<String> names(Pattern pattern) {
    return pattern.matcher(PAGE).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static String read(Path page) {
    try {
      return Files.readString(page).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

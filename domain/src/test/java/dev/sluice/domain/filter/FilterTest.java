package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.filter.Clause.AllOf;
import dev.sluice.domain.filter.Clause.AnyOf;
import dev.sluice.domain.filter.Clause.Field;
import dev.sluice.domain.filter.JsonValue.Elements;
import dev.sluice.domain.filter.JsonValue.Members;
import dev.sluice.domain.filter.JsonValue.Text;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Fields together; conditions on one field are tested where patterns are read.
final class FilterTest {

  private static Field field(String path, Condition... conditions) {
    return new Field(List.of(path.split("\\.", -1)), List.of(conditions), "/" + path, "[]");
  }

  private static Condition value(String text) {
    return Condition.oneOf(Set.of(new Text(text)));
  }

  private static final Condition ABSENT = Condition.exists(false);

  private static JsonValue item(String... namesAndValues) {
    return new Members(
        IntStream.range(0, namesAndValues.length / 2)
            .boxed()
            .collect(
                Collectors.toMap(
                    index -> namesAndValues[2 * index],
                    index -> new Text(namesAndValues[2 * index + 1]))));
  }

  private static EventFields eventWith(JsonValue... items) {
    var payload = new Members(Map.of("items", new Elements(List.of(items))));
    return name -> name.equals(EventFields.PAYLOAD) ? payload : JsonValue.NOTHING;
  }

  private static boolean matches(EventFields event, Clause... fields) {
    return Filter.of(new AllOf(List.of(fields))).matches(event);
  }

  @Test
  void fieldsOfOneList_mustBeInTheSameElement() {
    EventFields event =
        eventWith(item("sku", "a", "state", "new"), item("sku", "b", "state", "old"));

    assertThat(
            matches(
                event,
                field("payload.items.sku", value("a")),
                field("payload.items.state", value("new"))))
        .isTrue();
    assertThat(
            matches(
                event,
                field("payload.items.sku", value("a")),
                field("payload.items.state", value("old"))))
        .isFalse();
  }

  /// Absence is decided in the order of names, as event-ruler does.
  @Test
  void absence_isThatOfTheElementOnlyAfterAFieldBoundTheList() {
    EventFields event = eventWith(item("a", "1"), item("b", "1"));

    assertThat(
            matches(event, field("payload.items.a", value("1")), field("payload.items.b", ABSENT)))
        .isTrue();
    assertThat(
            matches(event, field("payload.items.a", ABSENT), field("payload.items.b", value("1"))))
        .isFalse();
    assertThat(matches(event, field("payload.items.c", ABSENT), field("payload.items.d", ABSENT)))
        .isTrue();
  }

  @Test
  void fieldNamedTwiceInACombination_isRefused() {
    var twice = new AllOf(List.of(field("payload.a", value("x")), field("payload.a", ABSENT)));
    var inside =
        new AllOf(
            List.of(
                field("payload.a", value("x")),
                new AnyOf(List.of(field("payload.a.b", value("y")), field("key", value("k"))))));

    assertThat(Filter.contradiction(twice)).isPresent();
    assertThat(Filter.contradiction(inside).orElseThrow().path())
        .containsExactly("payload", "a", "b");
    assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(twice));
  }

  @Test
  void fieldNamedInTwoAlternatives_isFine() {
    var either =
        new AnyOf(List.of(field("key", value("k")), new AllOf(List.of(field("key", value("l"))))));

    assertThat(Filter.contradiction(either)).isEmpty();
    assertThat(Filter.of(either).required())
        .containsExactly(
            List.of(new RequiredValue(List.of("key"), Set.of(new Text("k")))),
            List.of(new RequiredValue(List.of("key"), Set.of(new Text("l")))));
  }

  @Test
  void alternativesThatMultiplyToManyConditions_areRefused() {
    List<Clause> pairs =
        IntStream.range(0, 32)
            .<Clause>mapToObj(
                index ->
                    new AnyOf(
                        List.of(
                            field("payload.a" + index, value("x")),
                            field("payload.b" + index, value("x")))))
            .toList();

    assertThat(Filter.isTooLarge(new AllOf(pairs))).isTrue();
    assertThat(Filter.isTooLarge(new AllOf(pairs.subList(0, 5)))).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Filter.of(new AllOf(pairs)));
  }

  /// Event-ruler needs N * M * 2 steps here, and one more factor for each further list.
  @Test
  void manyLongListsSideBySide_areDecidedOneByOne() {
    var list = new Elements(Collections.nCopies(20_000, item("x", "1")));
    var payload = new Members(Map.of("a", list, "b", list, "c", list, "d", list));
    EventFields event = name -> name.equals(EventFields.PAYLOAD) ? payload : JsonValue.NOTHING;

    assertThat(
            matches(
                event,
                field("payload.a.x", value("1")),
                field("payload.b.x", value("1")),
                field("payload.c.x", value("1")),
                field("payload.d.x", value("2"))))
        .isFalse();
  }

  @Test
  void mismatch_namesTheFieldThatFails() {
    Filter filter =
        Filter.of(
            new AllOf(List.of(field("key", value("k")), field("payload.items.sku", value("a")))));
    EventFields event = eventWith(item("sku", "b"));

    assertThat(filter.mismatch(event))
        .contains(new Mismatch.FailedField(List.of("key"), "/key", "[]", true));
  }

  @Test
  void mismatchOfElements_namesTheFields() {
    Filter filter =
        Filter.of(
            new AllOf(
                List.of(
                    field("payload.items.sku", value("a")),
                    field("payload.items.state", value("old")))));
    EventFields event = eventWith(item("sku", "a"), item("state", "old"));

    assertThat(filter.mismatch(event))
        .contains(
            new Mismatch.DifferentElements(
                List.of(List.of("payload", "items", "sku"), List.of("payload", "items", "state"))));
  }

  @Test
  void mismatchOfAlternatives_namesEach() {
    Filter filter = Filter.of(new AnyOf(List.of(field("key", value("k")), field("type", ABSENT))));

    assertThat(filter.mismatch(_ -> new Text("x")))
        .contains(
            new Mismatch.NoAlternative(
                List.of(
                    new Mismatch.FailedField(List.of("key"), "/key", "[]", false),
                    new Mismatch.FailedField(List.of("type"), "/type", "[]", false))));
    assertThat(filter.mismatch(_ -> new Text("k"))).isEmpty();
  }
}

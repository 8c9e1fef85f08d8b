package dev.sluice.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.NewEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdTableTest {

  /// Few enough ids that slots are occupied, freed and reused many times.
  @ParameterizedTest
  @ValueSource(ints = {8, 47, 300, 5_000})
  void anySequenceOfChanges_findsWhatAMapFinds(int ids) {
    var random = new SplittableRandom(ids);
    var table = new IdTable(random);
    Map<String, StoredEvent> model = new HashMap<>();

    for (int change = 0; change < 20_000; change++) {
      String id = "event-" + random.nextInt(ids);
      StoredEvent known = model.remove(id);
      if (known == null) {
        StoredEvent added = stored(id);
        model.put(id, added);
        table.add(added);
      } else {
        table.remove(known);
      }
      String asked = "event-" + random.nextInt(ids);
      assertThat(table.get(new EventId(asked))).isSameAs(model.get(asked));
    }

    assertThat(table.size()).isEqualTo(model.size());
    model.forEach((id, known) -> assertThat(table.get(new EventId(id))).isSameAs(known));
  }

  @Test
  void idsWithEqualStringHash_areTold() {
    var table = new IdTable(new SplittableRandom(1));
    StoredEvent first = stored("Aa");
    table.add(first);

    assertThat("BB").hasSameHashCodeAs("Aa");
    assertThat(table.get(new EventId("BB"))).isNull();
    assertThat(table.get(new EventId("Aa"))).isSameAs(first);
  }

  @Test
  void removingWhatIsNotThere_isRefused() {
    var table = new IdTable(new SplittableRandom(1));
    table.add(stored("known"));

    assertThatIllegalStateException()
        .isThrownBy(() -> table.remove(stored("unknown")))
        .withMessageContaining("unknown");
  }

  private static StoredEvent stored(String id) {
    return new StoredEvent(1, new NewEvent(Events.event(id), List.of()), SettableClock.START);
  }
}

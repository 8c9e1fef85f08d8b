package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventRecord.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The scripts repeat rules of the domain, because Redis applies them.
final class RulesInLuaTest {

  private static String script(String name) throws IOException {
    try (InputStream text = RulesInLuaTest.class.getResourceAsStream(name + ".lua")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// [dev.sluice.domain.delivery.DeliveryState.Processing#isHeldBy], as far as Redis knows it: each
  /// worker has its own name, and the sequence identifies a replaced event.
  @Test
  void settlementsAndExtensions_nameSequenceAttemptAndWorker() throws IOException {
    assertThat(script("records"))
        .contains(
            "record.number == number", "letter == 'P'", "started == attempt", "' ' .. worker");
    assertThat(List.of(script("settle"), script("extend")))
        .allSatisfy(text -> assertThat(text).contains("held(record, number, attempt, worker)"));
  }

  /// [History#MAX_ATTEMPTS], less the newest attempt, which is stored elsewhere.
  @Test
  void attempts_areDeletedBeyondTheMost() throws IOException {
    assertThat(script("records")).contains("breaks >= " + (History.MAX_ATTEMPTS - 1));
  }
}

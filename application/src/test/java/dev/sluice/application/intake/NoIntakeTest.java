package dev.sluice.application.intake;

import static dev.sluice.application.fixture.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.access.AllowedTypes;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoIntakeTest {

  /// Another node would not accept the event either, so the producer must not retry there.
  @Test
  void typeThatIsNotAllowed_isNotRefusedForNow() {
    var none = new AllowedTypes(List.of(new TypePattern("no.such.type")));

    assertThat(NoIntake.INSTANCE.ingest(List.of(draft("e-1")), none))
        .hasOnlyElementsOfType(IngestResult.NotAllowed.class);
    assertThat(NoIntake.INSTANCE.ingest(List.of(draft("e-1"))))
        .hasOnlyElementsOfType(IngestResult.Refused.class);
  }
}

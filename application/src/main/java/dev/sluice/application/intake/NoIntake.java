package dev.sluice.application.intake;

import dev.sluice.application.intake.IngestResult.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// The intake of a node that is not for producers: it refuses everything.
public enum NoIntake implements IngestEvents {
  /// It has no state.
  INSTANCE;

  /// A balancer may have sent the request here, and sends the next one elsewhere.
  private static final Duration UNTIL_ELSEWHERE = Duration.ofSeconds(1);

  @Override
  public List<IngestResult> ingest(List<EventDraft> drafts) {
    return Collections.nCopies(
        drafts.size(), new IngestResult.Refused(Reason.WORKER_NODE, UNTIL_ELSEWHERE));
  }
}

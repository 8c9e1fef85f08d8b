package dev.sluice.application.intake;

import dev.sluice.application.intake.IngestResult.Reason;
import dev.sluice.domain.access.AllowedTypes;
import java.time.Duration;
import java.util.List;

/// The intake of a node that accepts no events: it refuses everything.
public enum NoIntake implements IngestEvents {
  /// The only instance; it has no state.
  INSTANCE;

  /// A load balancer may have sent the request here, and sends the next one elsewhere.
  private static final Duration UNTIL_ELSEWHERE = Duration.ofSeconds(1);

  @Override
  public List<IngestResult> ingest(List<EventDraft> drafts, AllowedTypes allowed) {
    IngestResult refused = new IngestResult.Refused(Reason.WORKER_NODE, UNTIL_ELSEWHERE);
    return drafts.stream()
        .map(
            draft ->
                allowed.allow(draft.type()) ? refused : new IngestResult.NotAllowed(draft.type()))
        .toList();
  }
}

package dev.sluice.application.intake;

import dev.sluice.domain.access.AllowedTypes;
import java.util.List;

/// Accepts events from producers.
public interface IngestEvents {

  /// Stores each draft as an event with a delivery for every matching subscription, unless its id
  /// is already taken.
  ///
  /// When this returns, events reported as accepted are as durable as the storage promises. Drafts
  /// are independent: each has its own result.
  ///
  /// @param allowed the types that the producer may send; drafts of other types are
  ///   [IngestResult.NotAllowed], and all others are stored
  /// @return one result per draft, in the same order
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it is unknown what was stored;
  ///   resending the same ids is safe
  List<IngestResult> ingest(List<EventDraft> drafts, AllowedTypes allowed);

  /// The same for a producer that may send every type.
  default List<IngestResult> ingest(List<EventDraft> drafts) {
    return ingest(drafts, AllowedTypes.ALL);
  }
}

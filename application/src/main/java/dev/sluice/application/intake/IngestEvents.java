package dev.sluice.application.intake;

import java.util.List;

/// Takes events from producers.
public interface IngestEvents {

  /// Stores each draft as an event with a delivery for every subscription that wants it, unless its
  /// id is taken already.
  ///
  /// When this returns, what is reported as accepted is as durable as the storage promises. Drafts
  /// do not hang together: each has its own result.
  ///
  /// @return one result per draft, in the same order
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it is unknown what was stored;
  ///   sending the same ids again is safe
  List<IngestResult> ingest(List<EventDraft> drafts);
}

package dev.sluice.domain.subscription;

/// In which order the deliveries of a subscription are processed: those of events with the same key
/// one after another, in the order in which the events were accepted. Events without a key are not
/// ordered.
///
/// @param onFailure what becomes of the deliveries behind a dead letter
public record Ordering(OnFailure onFailure) {

  /// What becomes of the deliveries behind a dead letter.
  public enum OnFailure {
    /// The next one is processed.
    CONTINUE,
    /// They wait until an operator decides.
    BLOCK
  }
}

package dev.sluice.admin.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a subscription would do with an event.
///
/// @param matches whether the event would be routed to the subscription
/// @param sentence whether and why it matches, for people
/// @param mismatch why it does not match; null if it does
/// @param delivery what would be delivered; null if it does not match
/// @param sent what became of the event that was sent; null if none was
public record SubscriptionTest(
    boolean matches,
    String sentence,
    @Nullable Mismatch mismatch,
    @Nullable Delivery delivery,
    @Nullable Sent sent) {

  public SubscriptionTest {
    Required.members("test", sentence);
  }

  /// Why an event does not match.
  ///
  /// @param pointer place in the definition; null if no part of it is the reason
  public record Mismatch(@Nullable String pointer) {}

  /// What would be delivered.
  ///
  /// @param sentence what the destination does, for people; null if the service does not say
  /// @param output what the receiver gets; null if it gets nothing
  public record Delivery(String kind, @Nullable String sentence, @Nullable String output) {

    public Delivery {
      Required.members("delivery", kind);
    }
  }

  /// What became of an event that was sent as a test.
  ///
  /// @param outcome as in [EventDetail.Attempt], or `not_made` or `unwanted`
  /// @param reason why it was not sent, or why the receiver wants no more events
  /// @param permanent whether a delivery that failed like this would not be retried
  public record Sent(
      String outcome,
      @Nullable String reason,
      @Nullable Long durationMs,
      @Nullable Boolean permanent,
      @Nullable Failure error,
      @Nullable Response response) {

    public Sent {
      Required.members("sent", outcome);
    }
  }

  /// Returns the field of the definition that keeps the event out, if there is one.
  public Optional<DraftField> failedField() {
    return Optional.ofNullable(mismatch)
        .flatMap(why -> Optional.ofNullable(why.pointer))
        .flatMap(DraftField::at);
  }
}

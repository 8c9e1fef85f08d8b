package dev.sluice.admin.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a subscription would do with an event.
///
/// @param matches whether the event would be routed to the subscription
/// @param sentence whether and why it matches, for people
/// @param mismatch why it does not match; null if it does
/// @param delivery what would be delivered; null if it does not match
public record SubscriptionTest(
    boolean matches, String sentence, @Nullable Mismatch mismatch, @Nullable Delivery delivery) {

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

  /// Returns the field of the definition that keeps the event out, if there is one.
  public Optional<DraftField> failedField() {
    return Optional.ofNullable(mismatch)
        .flatMap(why -> Optional.ofNullable(why.pointer))
        .flatMap(DraftField::at);
  }
}

package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Status of an event or a delivery.
public enum Status {
  RECEIVED,
  PROCESSING,
  RETRYING,
  COMPLETED,
  FAILED,
  CANCELLED,
  EXPIRED,
  UNROUTED,

  /// A status of a newer service that this console does not know.
  @JsonEnumDefaultValue
  UNKNOWN;

  /// Returns all known statuses, in the order in which an event passes through them.
  public static List<Status> known() {
    return Stream.of(values()).filter(status -> status != UNKNOWN).toList();
  }

  /// Returns the name of the status in the API.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the status changes only by an operator action.
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, EXPIRED, UNROUTED -> true;
      case RECEIVED, PROCESSING, RETRYING, UNKNOWN -> false;
    };
  }

  /// Whether a delivery with this status can be cancelled: it is waiting.
  public boolean canCancel() {
    return this == RECEIVED || this == RETRYING;
  }

  /// Whether a delivery with this status can be replayed: it is finished.
  public boolean canReplay() {
    return this == COMPLETED || this == FAILED || this == CANCELLED || this == EXPIRED;
  }

  /// Whether a delivery with this status can be discarded: it is a dead letter.
  public boolean canDiscard() {
    return this == FAILED;
  }
}

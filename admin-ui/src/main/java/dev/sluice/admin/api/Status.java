package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where an event or one of its deliveries is.
public enum Status {
  RECEIVED,
  PROCESSING,
  RETRYING,
  COMPLETED,
  FAILED,
  CANCELLED,
  UNROUTED,

  /// One that a newer service has and this console does not know.
  @JsonEnumDefaultValue
  UNKNOWN;

  /// All that the service is known to have, in the order in which an event goes through them.
  public static List<Status> known() {
    return Stream.of(values()).filter(status -> status != UNKNOWN).toList();
  }

  /// Its name in the API.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether nothing more happens by itself.
  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CANCELLED, UNROUTED -> true;
      case RECEIVED, PROCESSING, RETRYING, UNKNOWN -> false;
    };
  }

  /// Whether it can be cancelled: it waits.
  public boolean canCancel() {
    return this == RECEIVED || this == RETRYING;
  }

  /// Whether it can be put back to work: it came to an end.
  public boolean canReplay() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /// Whether it can be given up: it is a dead letter.
  public boolean canDiscard() {
    return this == FAILED;
  }
}

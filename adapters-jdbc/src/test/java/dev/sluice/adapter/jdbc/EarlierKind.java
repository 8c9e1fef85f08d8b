package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.EventStatus;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What became of an event of [EarlierRows], by its number.
enum EarlierKind {
  COMPLETED,
  COMPLETED_AT_SECOND,
  UNROUTED,
  FAILED,
  CANCELLED,
  RECEIVED,
  RETRYING,
  LEASED,
  PARKED,
  PARKED_RETRYING,
  ABANDONED;

  static EarlierKind of(int number) {
    return number > EarlierRows.FINISHED
        ? ofLive(number - EarlierRows.FINISHED)
        : ofFinished(number);
  }

  private static EarlierKind ofFinished(int number) {
    return switch (number % 200) {
      case 0 -> FAILED;
      case 1 -> CANCELLED;
      case 2 -> UNROUTED;
      default -> number % 50 == 3 ? COMPLETED_AT_SECOND : COMPLETED;
    };
  }

  private static EarlierKind ofLive(int number) {
    return switch ((number - 1) / 100) {
      case 0, 1, 2, 3, 4 -> RETRYING;
      case 5 -> LEASED;
      case 6 -> PARKED;
      case 7 -> PARKED_RETRYING;
      case 8 -> ABANDONED;
      default -> RECEIVED;
    };
  }

  /// Returns the numbers of its events.
  IntStream numbers() {
    return IntStream.rangeClosed(1, EarlierRows.EVENTS).filter(number -> of(number) == this);
  }

  long count() {
    return numbers().count();
  }

  EventStatus status() {
    return switch (this) {
      case COMPLETED, COMPLETED_AT_SECOND -> EventStatus.COMPLETED;
      case UNROUTED -> EventStatus.UNROUTED;
      case FAILED -> EventStatus.FAILED;
      case CANCELLED -> EventStatus.CANCELLED;
      case RECEIVED, PARKED -> EventStatus.RECEIVED;
      case RETRYING, PARKED_RETRYING, ABANDONED -> EventStatus.RETRYING;
      case LEASED -> EventStatus.PROCESSING;
    };
  }

  /// Returns how many attempts were begun.
  int attempts() {
    return switch (this) {
      case UNROUTED, CANCELLED, RECEIVED, PARKED -> 0;
      case COMPLETED, FAILED, RETRYING, PARKED_RETRYING, ABANDONED, LEASED -> 1;
      case COMPLETED_AT_SECOND -> 2;
    };
  }

  boolean isLive() {
    return compareTo(RECEIVED) >= 0;
  }

  boolean isRetrying() {
    return this == RETRYING || this == PARKED_RETRYING || this == ABANDONED;
  }

  /// Returns how many events have a status.
  static long count(EventStatus status) {
    return Stream.of(values())
        .filter(kind -> kind.status() == status)
        .mapToLong(EarlierKind::count)
        .sum();
  }
}

package dev.sluice.domain.filter;

import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.EventPattern;

/// Reads what filters consist of and what they look into. Used by many threads.
public interface FilterFormat {

  /// Reads a pattern. It never throws: a pattern may have been stored by another version of the
  /// service that understands more or less.
  FilterResult filter(EventPattern pattern);

  /// Reads the fields of a payload that filters name, in one pass over it.
  ///
  /// Of members with the same name in one object, the last counts, as for most receivers. It never
  /// throws; a payload that is not valid JSON has no fields.
  ///
  /// @param wanted the fields, below the payload
  JsonValue payload(Payload payload, FieldPaths wanted);
}

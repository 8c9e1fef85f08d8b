package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import java.util.List;
import java.util.Set;

/// A condition that an index can use: an event can only match if a field has one of some values.
///
/// @param path the names of members that lead to the field
/// @param values the values; not empty
public record RequiredValue(List<String> path, Set<Scalar> values) {}

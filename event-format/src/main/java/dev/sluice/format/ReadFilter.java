package dev.sluice.format;

import dev.sluice.domain.filter.Filter;
import java.util.List;

/// A filter that was read, or everything that is wrong with it.
public sealed interface ReadFilter {

  record Valid(Filter filter) implements ReadFilter {}

  record Invalid(List<FieldProblem> problems) implements ReadFilter {}
}

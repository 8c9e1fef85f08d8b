package dev.sluice.format;

import dev.sluice.application.intake.EventDraft;
import java.util.List;

/// The result of reading one event of a request.
public sealed interface ReadEvent {

  /// The event is valid.
  record Valid(EventDraft draft) implements ReadEvent {}

  /// The event is invalid, with all its problems.
  record Invalid(List<FieldProblem> problems) implements ReadEvent {}
}

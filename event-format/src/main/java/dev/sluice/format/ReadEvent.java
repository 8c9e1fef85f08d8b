package dev.sluice.format;

import dev.sluice.application.intake.EventDraft;
import java.util.List;

/// What was read from one event of a request.
public sealed interface ReadEvent {

  /// It can be taken in.
  record Valid(EventDraft draft) implements ReadEvent {}

  /// It cannot; everything that is wrong with it is named.
  record Invalid(List<FieldProblem> problems) implements ReadEvent {}
}

package dev.sluice.format.webhook;

import dev.sluice.format.FieldProblem;
import java.util.List;

/// A template that was read, or everything that is wrong with it.
public sealed interface ReadTemplate {

  record Valid(WebhookTemplate template) implements ReadTemplate {}

  /// Everything that is wrong.
  ///
  /// @param problems with pointers into the template
  record Invalid(List<FieldProblem> problems) implements ReadTemplate {}
}

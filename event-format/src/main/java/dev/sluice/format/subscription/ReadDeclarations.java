package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.format.FieldProblem;
import java.util.List;

/// The result of reading a file that declares subscriptions.
public sealed interface ReadDeclarations {

  /// All declarations are valid, except perhaps for the grammar of their filters.
  ///
  /// @param declared in the order of the file; each name once
  record Valid(List<DeclaredSubscription> declared) implements ReadDeclarations {

    public Valid {
      declared = List.copyOf(declared);
    }
  }

  /// At least one declaration is invalid.
  ///
  /// @param problems all problems, or the first [DeclarationFormat#MAX_PROBLEMS]
  record Invalid(List<FieldProblem> problems) implements ReadDeclarations {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}

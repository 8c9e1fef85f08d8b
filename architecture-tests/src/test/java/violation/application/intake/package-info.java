/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.application.intake;

import org.jspecify.annotations.NullMarked;

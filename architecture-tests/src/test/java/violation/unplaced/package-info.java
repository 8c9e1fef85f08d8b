/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.unplaced;

import org.jspecify.annotations.NullMarked;

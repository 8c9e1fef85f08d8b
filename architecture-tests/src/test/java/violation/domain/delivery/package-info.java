/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.domain.delivery;

import org.jspecify.annotations.NullMarked;

/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.domain.event;

import org.jspecify.annotations.NullMarked;

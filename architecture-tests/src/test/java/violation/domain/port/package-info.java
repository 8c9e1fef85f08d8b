/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.domain.port;

import org.jspecify.annotations.NullMarked;

/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.admin;

import org.jspecify.annotations.NullMarked;

/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.server;

import org.jspecify.annotations.NullMarked;

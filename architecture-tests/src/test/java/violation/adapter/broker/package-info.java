/// Seeded violations: each class here breaks a rule on purpose.
@NullMarked
package violation.adapter.broker;

import org.jspecify.annotations.NullMarked;

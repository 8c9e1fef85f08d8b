/// Seeded violations: each class here breaks a rule on purpose, and too many of them are public.
@NullMarked
package violation.adapter.memory;

import org.jspecify.annotations.NullMarked;

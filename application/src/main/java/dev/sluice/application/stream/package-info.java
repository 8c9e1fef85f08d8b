/// Changes as they happen, for those who watch: a bounded log of them, and what nodes tell each
/// other.
@NullMarked
package dev.sluice.application.stream;

import org.jspecify.annotations.NullMarked;

/// A bounded storage in the heap: fast, and gone when the process ends.
@NullMarked
package dev.sluice.adapter.memory;

import org.jspecify.annotations.NullMarked;

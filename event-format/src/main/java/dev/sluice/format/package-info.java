/// Reads and writes events, as JSON and as CloudEvents, whatever way they come.
@NullMarked
package dev.sluice.format;

import org.jspecify.annotations.NullMarked;

/// Reads and writes events as JSON and as CloudEvents, however they are transported.
@NullMarked
package dev.sluice.format;

import org.jspecify.annotations.NullMarked;

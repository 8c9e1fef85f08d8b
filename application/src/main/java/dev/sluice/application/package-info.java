/// The use cases put together: what the outer layers start, call and stop.
@NullMarked
package dev.sluice.application;

import org.jspecify.annotations.NullMarked;

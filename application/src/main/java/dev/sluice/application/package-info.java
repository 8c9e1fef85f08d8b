/// The use cases of one node, wired together: what the outer layers start, call and stop.
@NullMarked
package dev.sluice.application;

import org.jspecify.annotations.NullMarked;

/// Periodic tasks: when they are due, and what happens when they fail.
@NullMarked
package dev.sluice.application.schedule;

import org.jspecify.annotations.NullMarked;

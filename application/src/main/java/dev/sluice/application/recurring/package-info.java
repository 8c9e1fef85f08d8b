/// Recurring events: editing schedules, and storing an event at each tick.
@NullMarked
package dev.sluice.application.recurring;

import org.jspecify.annotations.NullMarked;

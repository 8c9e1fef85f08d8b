/// Recurring events: schedules, their ticks, and which ticks are due.
@NullMarked
package dev.sluice.domain.schedule;

import org.jspecify.annotations.NullMarked;

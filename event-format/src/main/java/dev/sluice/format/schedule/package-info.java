/// Schedules: cron expressions and what time zones do to them, and the JSON form of schedules.
@NullMarked
package dev.sluice.format.schedule;

import org.jspecify.annotations.NullMarked;

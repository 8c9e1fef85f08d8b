/// Schedules of recurring events, in both databases.
@NullMarked
package dev.sluice.adapter.jdbc.schedule;

import org.jspecify.annotations.NullMarked;

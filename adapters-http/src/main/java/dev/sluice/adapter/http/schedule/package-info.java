/// Routes about schedules.
@NullMarked
package dev.sluice.adapter.http.schedule;

import org.jspecify.annotations.NullMarked;

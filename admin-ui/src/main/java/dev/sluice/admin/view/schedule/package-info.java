/// The screen of recurring schedules.
@NullMarked
package dev.sluice.admin.view.schedule;

import org.jspecify.annotations.NullMarked;

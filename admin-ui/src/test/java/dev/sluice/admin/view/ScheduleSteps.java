package dev.sluice.admin.view;

import dev.sluice.admin.testing.ScheduleSample;
import dev.sluice.admin.viewmodel.Screen;
import java.util.Optional;

/// Ways to the schedules screen.
final class ScheduleSteps {

  private ScheduleSteps() {}

  /// The list with the selected schedule below it.
  static void schedules(Stand stand) {
    ScheduleSample.fill(stand.service);
    stand.connect().show(Screen.SCHEDULES);
    stand.settled();
    Fx.run(() -> stand.models().schedules().select(Optional.of("nightly")));
    stand.settled();
  }

  /// The form of the selected schedule.
  static void form(Stand stand) {
    schedules(stand);
    SubscriptionSteps.fire(stand, "edit-schedule");
    stand.settled();
  }
}

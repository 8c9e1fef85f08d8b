package violation.adapter.memory;

import java.util.Date;

/// Uses the time classes that java.time replaced.
final class KeepsOldDates {

  final Class<?> date = Date.class;
}

package violation.adapter.memory;

import java.util.Date;

/// Time as it was before java.time.
final class KeepsOldDates {

  final Class<?> date = Date.class;
}

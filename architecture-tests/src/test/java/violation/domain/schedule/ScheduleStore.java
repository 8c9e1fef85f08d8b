package violation.domain.schedule;

/// A port outside the port package, with a default method.
public interface ScheduleStore {

  default int count() {
    return 0;
  }
}

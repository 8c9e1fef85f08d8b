package violation.domain.port;

/// A port with a default method.
public interface EventStore {

  default int purge() {
    return 0;
  }
}

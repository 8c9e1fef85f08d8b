package violation.domain.delivery;

/// A mutable value.
public final class Changeable {

  int count;
}

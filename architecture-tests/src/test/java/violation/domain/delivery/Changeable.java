package violation.domain.delivery;

/// A value that can change.
public final class Changeable {

  int count;
}

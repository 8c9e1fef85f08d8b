package violation.adapter.memory;

import violation.server.EightParameters;

/// An adapter knows who puts it together.
public final class KnowsServer {

  Class<?> outward() {
    return EightParameters.class;
  }
}

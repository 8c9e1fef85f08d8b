package violation.adapter.memory;

import violation.server.EightParameters;

/// An adapter depends on the server, which wires it.
public final class KnowsServer {

  Class<?> outward() {
    return EightParameters.class;
  }
}

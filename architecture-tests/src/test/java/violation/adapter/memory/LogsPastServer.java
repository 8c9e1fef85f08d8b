package violation.adapter.memory;

import java.util.logging.Logger;

/// An adapter picks its own logging.
final class LogsPastServer {

  final Logger logger = Logger.getAnonymousLogger();
}

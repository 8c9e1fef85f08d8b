package violation.adapter.memory;

import java.util.logging.Logger;

/// An adapter chooses its own logging.
final class LogsPastServer {

  final Logger logger = Logger.getAnonymousLogger();
}

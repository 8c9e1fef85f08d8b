/// Log lines as JSON or text, and the log of requests.
@NullMarked
package dev.sluice.server.log;

import org.jspecify.annotations.NullMarked;

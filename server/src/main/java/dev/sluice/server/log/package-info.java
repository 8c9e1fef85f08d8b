/// Log lines as JSON or text, and the request log.
@NullMarked
package dev.sluice.server.log;

import org.jspecify.annotations.NullMarked;

/// The server program: command line, wiring, start and stop.
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;

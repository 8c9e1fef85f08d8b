/// What the application needs from outside: storages, handlers and listeners.
@NullMarked
package dev.sluice.domain.port;

import org.jspecify.annotations.NullMarked;

/// The demo handler, and the handler that records attempts for tests.
@NullMarked
package dev.sluice.server.demo;

import org.jspecify.annotations.NullMarked;

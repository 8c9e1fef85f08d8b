/// The handler for trying out, and the one that keeps a journal for tests.
@NullMarked
package dev.sluice.server.demo;

import org.jspecify.annotations.NullMarked;

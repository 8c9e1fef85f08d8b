/// Configuration: read once, checked as a whole, every value with where it came from.
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;

/// The configuration: read once, validated as a whole, each value with its origin.
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;

/// The operators' console: a desktop program that knows Sluice only by its HTTP API.
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;

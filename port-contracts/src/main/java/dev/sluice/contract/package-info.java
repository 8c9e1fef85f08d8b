/// What every adapter of a port must keep to, as tests, and what tests of all modules share.
@NullMarked
package dev.sluice.contract;

import org.jspecify.annotations.NullMarked;

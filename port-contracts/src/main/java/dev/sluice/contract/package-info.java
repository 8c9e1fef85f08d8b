/// The contracts of the ports, as tests that every adapter must pass, and fixtures for the tests of
/// all modules.
@NullMarked
package dev.sluice.contract;

import org.jspecify.annotations.NullMarked;

/// What the service is measured against.
@NullMarked
package dev.sluice.benchmark;

import org.jspecify.annotations.NullMarked;

/// When something is due again, and what happens when it fails.
@NullMarked
package dev.sluice.application.schedule;

import org.jspecify.annotations.NullMarked;

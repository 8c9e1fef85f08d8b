/// Who may call the service, and for which operations.
@NullMarked
package dev.sluice.domain.access;

import org.jspecify.annotations.NullMarked;

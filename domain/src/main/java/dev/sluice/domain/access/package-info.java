/// Who may call the service, and what for.
@NullMarked
package dev.sluice.domain.access;

import org.jspecify.annotations.NullMarked;

/// Filters: conditions on the fields of an event, and how they are decided.
@NullMarked
package dev.sluice.domain.filter;

import org.jspecify.annotations.NullMarked;

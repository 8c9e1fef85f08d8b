/// Values of the domain as texts, for storages that keep them.
@NullMarked
package dev.sluice.domain.text;

import org.jspecify.annotations.NullMarked;

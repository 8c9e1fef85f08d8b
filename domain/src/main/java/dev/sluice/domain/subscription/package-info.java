/// Who is interested in which events, and how often a failing delivery is tried.
@NullMarked
package dev.sluice.domain.subscription;

import org.jspecify.annotations.NullMarked;

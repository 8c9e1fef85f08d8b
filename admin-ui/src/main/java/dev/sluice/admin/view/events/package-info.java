/// Lists of events and dead letters, one event in detail, and what can be done with them.
@NullMarked
package dev.sluice.admin.view.events;

import org.jspecify.annotations.NullMarked;

/// Lists of events and dead letters, the event drawer, and the dialogs for event actions.
@NullMarked
package dev.sluice.admin.view.events;

import org.jspecify.annotations.NullMarked;

/// When the service is asked, and on which thread: the one place where the console makes threads.
///
/// Everything here but the work itself is confined to the screen's thread, so nothing needs a lock.
@NullMarked
package dev.sluice.admin.poll;

import org.jspecify.annotations.NullMarked;

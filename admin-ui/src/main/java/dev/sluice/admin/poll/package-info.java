/// Polling of the service: when, and on which thread. Only this package of the console creates
/// threads.
///
/// Everything except the requests is confined to the screen's thread, so nothing needs a lock.
@NullMarked
package dev.sluice.admin.poll;

import org.jspecify.annotations.NullMarked;

/// The server on Helidon, and what it needs beyond Helidon: strict framing, whole writes, an end to
/// stalled requests.
@NullMarked
package dev.sluice.adapter.http.helidon;

import org.jspecify.annotations.NullMarked;

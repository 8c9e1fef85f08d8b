/// The server on Helidon, and what Helidon lacks: strict framing, complete writes, and an end to
/// stalled requests.
@NullMarked
package dev.sluice.adapter.http.helidon;

import org.jspecify.annotations.NullMarked;

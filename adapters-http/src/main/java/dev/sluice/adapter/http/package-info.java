/// The REST API over Helidon SE: requests in, problem details out, health and metrics.
@NullMarked
package dev.sluice.adapter.http;

import org.jspecify.annotations.NullMarked;

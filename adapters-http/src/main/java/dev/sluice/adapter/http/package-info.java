/// The REST API over Helidon SE: requests, responses, problems, health and metrics.
@NullMarked
package dev.sluice.adapter.http;

import org.jspecify.annotations.NullMarked;

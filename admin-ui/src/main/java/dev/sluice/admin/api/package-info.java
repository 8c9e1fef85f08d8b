/// The service's HTTP API as records, and a client for it.
@NullMarked
package dev.sluice.admin.api;

import org.jspecify.annotations.NullMarked;

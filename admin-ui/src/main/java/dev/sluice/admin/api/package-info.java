/// What the service says over HTTP, and a client that asks it.
@NullMarked
package dev.sluice.admin.api;

import org.jspecify.annotations.NullMarked;

/// Access keys: creation, authentication and revocation.
@NullMarked
package dev.sluice.application.access;

import org.jspecify.annotations.NullMarked;

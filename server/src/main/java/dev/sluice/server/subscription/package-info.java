/// Files that declare subscriptions: read, checked and written.
@NullMarked
package dev.sluice.server.subscription;

import org.jspecify.annotations.NullMarked;

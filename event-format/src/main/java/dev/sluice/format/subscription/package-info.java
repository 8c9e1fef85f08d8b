/// How subscriptions look in requests, files and storages.
@NullMarked
package dev.sluice.format.subscription;

import org.jspecify.annotations.NullMarked;

/// The routes of subscriptions: what each does with a request.
@NullMarked
package dev.sluice.adapter.http.subscription;

import org.jspecify.annotations.NullMarked;

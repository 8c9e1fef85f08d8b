/// The routes: what each path does with a request.
@NullMarked
package dev.sluice.adapter.http.route;

import org.jspecify.annotations.NullMarked;

/// What receivers answered to attempts, in both databases.
@NullMarked
package dev.sluice.adapter.jdbc.response;

import org.jspecify.annotations.NullMarked;

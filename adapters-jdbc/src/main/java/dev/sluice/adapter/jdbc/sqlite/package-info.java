/// The storage in an embedded SQLite database.
@NullMarked
package dev.sluice.adapter.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;

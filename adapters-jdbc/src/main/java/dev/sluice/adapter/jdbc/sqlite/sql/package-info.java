/// The SQL statements of the SQLite storage.
@NullMarked
package dev.sluice.adapter.jdbc.sqlite.sql;

import org.jspecify.annotations.NullMarked;

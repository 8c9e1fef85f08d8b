/// The SQL statements of the PostgreSQL storage.
@NullMarked
package dev.sluice.adapter.jdbc.postgres.sql;

import org.jspecify.annotations.NullMarked;

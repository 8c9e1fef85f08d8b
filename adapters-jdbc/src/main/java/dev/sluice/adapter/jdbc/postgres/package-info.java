/// The storage in a PostgreSQL database that nodes share.
@NullMarked
package dev.sluice.adapter.jdbc.postgres;

import org.jspecify.annotations.NullMarked;

/// Durable storages over JDBC.
@NullMarked
package dev.sluice.adapter.jdbc;

import org.jspecify.annotations.NullMarked;

package violation.adapter.memory;

import java.sql.Connection;

/// SQL outside of its adapter.
record QueriesTables(Connection connection) {}

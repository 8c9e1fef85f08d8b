/// PostgreSQL, RabbitMQ and Redis servers for tests.
@NullMarked
package dev.sluice.contract.servers;

import org.jspecify.annotations.NullMarked;

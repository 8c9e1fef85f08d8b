/// Connections to RabbitMQ and Redis: channels, queues, scripts, and what to do when they fail.
@NullMarked
package dev.sluice.adapter.broker.connection;

import org.jspecify.annotations.NullMarked;

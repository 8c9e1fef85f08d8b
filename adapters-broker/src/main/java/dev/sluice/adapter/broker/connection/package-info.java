/// Connections to RabbitMQ and Redis: channels, queues, scripts, and how their failures are
/// handled.
@NullMarked
package dev.sluice.adapter.broker.connection;

import org.jspecify.annotations.NullMarked;

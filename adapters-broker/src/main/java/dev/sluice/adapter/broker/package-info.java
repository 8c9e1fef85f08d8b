/// The storage over RabbitMQ, which carries events and holds what is unfinished, and Redis, which
/// remembers how they stand.
@NullMarked
package dev.sluice.adapter.broker;

import org.jspecify.annotations.NullMarked;

/// The storage over RabbitMQ, which carries events and holds unfinished ones, and Redis, which
/// keeps their state.
@NullMarked
package dev.sluice.adapter.broker;

import org.jspecify.annotations.NullMarked;

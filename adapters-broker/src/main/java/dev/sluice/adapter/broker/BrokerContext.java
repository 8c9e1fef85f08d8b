package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;

/// What the ports of this storage share.
///
/// @param redis remembers
/// @param scripts change what it remembers
/// @param redisEvents reads what it remembers
/// @param publishing the connection to RabbitMQ over which this node publishes
/// @param publisher publishes over it
/// @param consuming the connection over which it takes deliveries
/// @param queues their names
/// @param appends stores events
/// @param releases releases reserved ids
/// @param redisMemoryUsage how much room Redis has
/// @param clock whose time counts
record BrokerContext(
    Redis redis,
    Scripts scripts,
    RedisEvents redisEvents,
    Rabbit publishing,
    Publisher publisher,
    Rabbit consuming,
    Queues queues,
    AppendGroupCommit appends,
    Releases releases,
    RedisMemoryUsage redisMemoryUsage,
    BrokerClock clock) {

  /// @throws dev.sluice.domain.port.StoreUnavailableException when RabbitMQ takes nothing now
  void requireRabbit() {
    publishing.requireUsable();
  }
}

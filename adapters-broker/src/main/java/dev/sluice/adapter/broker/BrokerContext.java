package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;

/// The dependencies that the ports of this storage share.
///
/// @param redis keeps the state of events
/// @param scripts change the state of events
/// @param redisEvents reads events from Redis
/// @param publishing the connection to RabbitMQ for publishing
/// @param publisher publishes over that connection
/// @param consuming the connection to RabbitMQ for everything else
/// @param queues the names of the queues
/// @param appends stores events
/// @param releases releases reserved ids
/// @param redisMemoryUsage how much memory Redis uses
/// @param clock the storage's time
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

  /// @throws dev.sluice.domain.port.StoreUnavailableException when RabbitMQ accepts no messages now
  void requireRabbit() {
    publishing.requireUsable();
  }
}

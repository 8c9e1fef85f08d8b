package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;

/// What the reconciler uses.
///
/// @param memoryUsage how much memory Redis uses
/// @param inbox deliveries that are not begun, which no other node can see
/// @param inFlight deliveries in progress
/// @param delayedDeliveries moves deliveries to queues where they wait
/// @param foreignMessages processes messages of other programs
record ReconcilerDependencies(
    Redis redis,
    Scripts scripts,
    RedisEvents redisEvents,
    RedisMemoryUsage memoryUsage,
    Publisher publisher,
    Rabbit consuming,
    Queues queues,
    Inbox inbox,
    InFlight inFlight,
    DelayedDeliveries delayedDeliveries,
    ForeignMessageConsumer foreignMessages) {}

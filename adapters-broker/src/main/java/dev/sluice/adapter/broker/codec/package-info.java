/// How events, deliveries and records are encoded in RabbitMQ's messages and Redis' values.
@NullMarked
package dev.sluice.adapter.broker.codec;

import org.jspecify.annotations.NullMarked;

package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/// Reads events from Redis.
final class RedisEvents {

  /// The longest line before a payload; events with longer ones are read with their payloads.
  private static final int LONGEST_LINE = 2_048;

  private final Redis redis;

  RedisEvents(Redis redis) {
    this.redis = redis;
  }

  /// Returns the event with this id.
  Optional<RedisEvent> find(EventId id) {
    return find(List.of(id.value())).getFirst();
  }

  /// Returns the events with these ids, in the same order.
  List<Optional<RedisEvent>> find(List<String> ids) {
    return redis.ask(client -> find(client, ids));
  }

  private static List<Optional<RedisEvent>> find(UnifiedJedis client, List<String> ids) {
    var fields = new ArrayList<Response<Map<String, String>>>(ids.size());
    var bodies = new ArrayList<Response<String>>(ids.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (String id : ids) {
        fields.add(pipeline.hgetAll("processed:" + id));
        bodies.add(pipeline.get("sluice:event:" + id));
      }
      pipeline.sync();
    }
    var found = new ArrayList<Optional<RedisEvent>>(ids.size());
    for (int index = 0; index < ids.size(); index++) {
      found.add(RedisEvent.of(fields.get(index).get(), bodies.get(index).get()));
    }
    return found;
  }

  /// Returns the events with these ids, in the same order, with placeholders for most payloads.
  List<Optional<RedisEvent>> findMostlyWithoutPayloads(List<String> ids) {
    List<Head> heads = heads(ids);
    var events = new ArrayList<Optional<RedisEvent>>(ids.size());
    for (int index = 0; index < ids.size(); index++) {
      Head head = heads.get(index);
      events.add(head.isKnown() ? head.event() : find(List.of(ids.get(index))).getFirst());
    }
    return events;
  }

  /// Returns events without their payloads, in the same order.
  List<Head> heads(List<String> ids) {
    return redis.ask(client -> heads(client, ids));
  }

  private static List<Head> heads(UnifiedJedis client, List<String> ids) {
    var fields = new ArrayList<Response<Map<String, String>>>(ids.size());
    var starts = new ArrayList<Response<String>>(ids.size());
    var sizes = new ArrayList<Response<Long>>(ids.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (String id : ids) {
        fields.add(pipeline.hgetAll("processed:" + id));
        starts.add(pipeline.getrange("sluice:event:" + id, 0, LONGEST_LINE - 1));
        sizes.add(pipeline.strlen("sluice:event:" + id));
      }
      pipeline.sync();
    }
    var heads = new ArrayList<Head>(ids.size());
    for (int index = 0; index < ids.size(); index++) {
      heads.add(Head.of(fields.get(index).get(), starts.get(index).get(), sizes.get(index).get()));
    }
    return heads;
  }

  /// An event without its payload.
  ///
  /// @param event with a placeholder for its payload; empty when there is no such event, or its
  ///   attributes are too long
  /// @param size of its text in bytes
  /// @param isKnown whether `event` has everything but the payload
  record Head(Optional<RedisEvent> event, long size, boolean isKnown) {

    private static Head of(Map<String, String> fields, String start, long size) {
      int end = start.indexOf('\n');
      if (end < 0) {
        return new Head(Optional.empty(), size, size == 0);
      }
      return new Head(RedisEvent.of(fields, start.substring(0, end) + "\n0"), size, true);
    }
  }
}

package dev.sluice.adapter.broker;

import dev.sluice.domain.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/// Reads what Redis remembers of events.
final class Memory {

  private final Redis redis;

  Memory(Redis redis) {
    this.redis = redis;
  }

  /// The event with this id.
  Optional<Remembered> find(EventId id) {
    return find(List.of(id.value())).getFirst();
  }

  /// The events with these ids, in the same order.
  List<Optional<Remembered>> find(List<String> ids) {
    return redis.ask(
        client -> {
          var fields = new ArrayList<Response<Map<String, String>>>(ids.size());
          var bodies = new ArrayList<Response<String>>(ids.size());
          try (AbstractPipeline pipeline = client.pipelined()) {
            for (String id : ids) {
              fields.add(pipeline.hgetAll("processed:" + id));
              bodies.add(pipeline.get("sluice:event:" + id));
            }
            pipeline.sync();
          }
          var found = new ArrayList<Optional<Remembered>>(ids.size());
          for (int index = 0; index < ids.size(); index++) {
            found.add(Remembered.of(fields.get(index).get(), bodies.get(index).get()));
          }
          return found;
        });
  }
}

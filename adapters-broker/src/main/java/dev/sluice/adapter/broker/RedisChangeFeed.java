package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.text.ChangeCodec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries changes between nodes through Redis.
///
/// The position of a batch is about the time of its publication, so that positions keep growing
/// after Redis lost them: otherwise readers would wait in vain for positions that begin at 1 again.
final class RedisChangeFeed implements ChangeFeed {

  private static final System.Logger LOG = System.getLogger(RedisChangeFeed.class.getName());

  private static final String END = "sluice:changes:end";
  private static final Script WANT = Script.timed("change-want").evenAtLimit();
  private static final Script IS_WANTED = Script.timed("change-is-wanted");
  private static final Script PUBLISH = Script.timed("change-publish").evenAtLimit();
  private static final Script READ = Script.alone("change-read");

  private final Redis redis;
  private final BrokerClock clock;

  RedisChangeFeed(Redis redis, BrokerClock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  @Override
  public void want(WorkerId node, Duration time) {
    redis.run(WANT, List.of(clock.argument(), node.value(), Micros.text(time)));
  }

  @Override
  public boolean isWanted(WorkerId node) {
    return redis.number(IS_WANTED, List.of(clock.argument(), node.value())) > 0;
  }

  @Override
  public void publish(ChangeBatch batch) {
    redis.run(
        PUBLISH,
        List.of(
            clock.argument(),
            Micros.text(MEMORY),
            batch.node().value(),
            Long.toString(batch.missed()),
            ChangeCodec.encode(batch.changes())));
  }

  @Override
  public long end() {
    return redis.ask(client -> Optional.ofNullable(client.get(END))).map(Long::valueOf).orElse(0L);
  }

  @Override
  public Slice readAfter(long position, WorkerId node, int limit) {
    List<String> texts =
        redis.texts(READ, List.of(Long.toString(position), node.value(), Integer.toString(limit)));
    var batches = new ArrayList<ChangeBatch>();
    long last = position;
    for (int index = 0; index < texts.size(); index += 2) {
      // Position, number of missing changes, and the node's name, which may contain spaces.
      String[] head = texts.get(index).split(" ", 3);
      last = Long.parseLong(head[0]);
      batches.add(batch(new WorkerId(head[2]), Long.parseLong(head[1]), texts.get(index + 1)));
    }
    return new Slice(batches, last);
  }

  private static ChangeBatch batch(WorkerId node, long missed, String changes) {
    try {
      return new ChangeBatch(node, missed, ChangeCodec.decode(changes));
    } catch (IllegalArgumentException e) {
      // Another version, or damaged: one batch must not keep the node from all that follow.
      LOG.log(Level.DEBUG, "changes of node " + node + " cannot be read: " + e.getMessage());
      return new ChangeBatch(node, missed + 1, List.of());
    }
  }
}

package dev.sluice.adapter.broker;

import dev.sluice.domain.port.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.Pool;

/// Speaks with Redis, over a few connections that all threads share.
final class Redis implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// Redis answers within milliseconds or is away.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private final RedisClient client;
  private final Pool<Connection> pool;

  private Redis(RedisClient client) {
    this.client = client;
    this.pool = client.getPool();
  }

  /// Does not connect yet.
  static Redis at(URI url) {
    int wait = Math.toIntExact(LONGEST_WAIT.toMillis());
    var config =
        DefaultJedisClientConfig.builder(url)
            .connectionTimeoutMillis(wait)
            .socketTimeoutMillis(wait)
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(LONGEST_WAIT);
    return new Redis(
        RedisClient.builder()
            .hostAndPort(url.getHost(), url.getPort() < 0 ? 6379 : url.getPort())
            .clientConfig(config)
            .poolConfig(pool)
            .build());
  }

  /// Asks something.
  ///
  /// @throws StoreUnavailableException when Redis does not answer, or not with what was asked for;
  ///   then it is unknown whether it was done
  <T> T ask(Function<UnifiedJedis, T> question) {
    try {
      return question.apply(client);
    } catch (JedisConnectionException e) {
      // What lies in the pool is of the same age, and as dead.
      pool.clear();
      throw new StoreUnavailableException("Redis does not answer: " + e.getMessage(), e);
    } catch (JedisException e) {
      throw new StoreUnavailableException("Redis refuses: " + e.getMessage(), e);
    }
  }

  /// Runs a script.
  ///
  /// @throws StoreUnavailableException as [#ask]
  Object run(Script script, List<String> arguments) {
    return ask(
        redis -> {
          try {
            return redis.evalsha(script.digest(), List.of(), arguments);
          } catch (JedisNoScriptException e) {
            return redis.eval(script.text(), List.of(), arguments);
          }
        });
  }

  /// Runs a script that answers with a list of texts.
  @SuppressWarnings("unchecked") // Jedis gives a list of texts for a table of strings.
  List<String> texts(Script script, List<String> arguments) {
    return (List<String>) run(script, arguments);
  }

  /// Runs a script that answers with a whole number.
  long number(Script script, List<String> arguments) {
    return (Long) run(script, arguments);
  }

  @Override
  public void close() {
    client.close();
  }
}

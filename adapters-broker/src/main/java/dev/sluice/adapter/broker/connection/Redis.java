package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.port.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/// Speaks with Redis, over a few connections that all threads share.
public final class Redis implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// Redis answers within milliseconds or is away.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26_379;

  private final UnifiedJedis client;
  private final KeyPrefix prefix;

  /// What is run instead of a script, by the digest of the script.
  private final Map<String, Script> prefixed = new ConcurrentHashMap<>();

  /// Drops the connections that nobody uses.
  private final Runnable drop;

  /// Whether its scripts may begin with flags.
  private volatile boolean hasFlags;

  private Redis(UnifiedJedis client, KeyPrefix prefix, Runnable drop) {
    this.client = client;
    this.prefix = prefix;
    this.drop = drop;
  }

  /// Does not connect yet, unless it is to be found by Sentinel.
  ///
  /// @param prefix of every key, also in scripts
  /// @throws StoreUnavailableException when no Sentinel answers
  public static Redis at(URI url, KeyPrefix prefix) {
    ServerAddress address = address(url);
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(LONGEST_WAIT);
    return isSentinel(address) ? bySentinel(address, prefix, pool) : direct(address, prefix, pool);
  }

  private static Redis direct(ServerAddress address, KeyPrefix prefix, ConnectionPoolConfig pool) {
    ServerAddress.Host host = address.hosts().getFirst();
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(host.name(), host.port())
            .clientConfig(login(address, prefix))
            .poolConfig(pool)
            .build();
    return new Redis(client, prefix, client.getPool()::clear);
  }

  private static Redis bySentinel(
      ServerAddress address, KeyPrefix prefix, ConnectionPoolConfig pool) {
    try {
      var client =
          RedisSentinelClient.builder()
              .masterName(address.fragment().orElseThrow())
              .sentinels(
                  address.hosts().stream()
                      .map(host -> new HostAndPort(host.name(), host.port()))
                      .collect(Collectors.toSet()))
              .sentinelClientConfig(waits(address).build())
              .clientConfig(login(address, prefix))
              .poolConfig(pool)
              .build();
      return new Redis(client, prefix, () -> {});
    } catch (JedisException e) {
      throw new StoreUnavailableException("no Sentinel tells where Redis is: " + e.getMessage(), e);
    }
  }

  private static DefaultJedisClientConfig.Builder waits(ServerAddress address) {
    int wait = Math.toIntExact(LONGEST_WAIT.toMillis());
    // Of the URL only the scheme, which says whether there is to be TLS: Jedis reads other parts
    // otherwise than this does.
    URI scheme = URI.create((isSecure(address) ? "rediss" : "redis") + "://localhost:" + PORT);
    return DefaultJedisClientConfig.builder(scheme)
        .connectionTimeoutMillis(wait)
        .socketTimeoutMillis(wait);
  }

  private static DefaultJedisClientConfig login(ServerAddress address, KeyPrefix prefix) {
    DefaultJedisClientConfig.Builder config =
        waits(address).database(address.path().map(Integer::parseInt).orElse(0));
    address.user().filter(name -> !name.isEmpty()).ifPresent(config::user);
    address.password().filter(word -> !word.isEmpty()).ifPresent(config::password);
    if (!prefix.isEmpty()) {
      // Asked for every key of every command, in pipelines too.
      config.commandKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(prefix.text()));
    }
    return config.build();
  }

  private static boolean isSentinel(ServerAddress address) {
    return address.scheme().endsWith("-sentinel");
  }

  private static boolean isSecure(ServerAddress address) {
    return address.scheme().startsWith("rediss");
  }

  /// Where a Redis is.
  ///
  /// @throws IllegalArgumentException when the URL is none of a Redis
  public static ServerAddress address(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.matches("rediss?(-sentinel)?")) {
      throw new IllegalArgumentException("begin with redis://, rediss:// or redis-sentinel://");
    }
    boolean isSentinel = scheme.endsWith("-sentinel");
    ServerAddress address = ServerAddress.of(url.toString(), isSentinel ? SENTINEL_PORT : PORT);
    if (address.path().filter(database -> !database.matches("\\d{1,6}")).isPresent()) {
      throw new IllegalArgumentException("a database of Redis is a number, such as /0");
    }
    if (address.user().isPresent() && address.password().isEmpty()) {
      throw new IllegalArgumentException(
          "a user needs a password (user:password@), and a password alone a colon (:password@)");
    }
    boolean isOne = isSentinel || address.hosts().size() == 1;
    if (!isOne || isSentinel != address.fragment().isPresent()) {
      throw new IllegalArgumentException(
          "name one host, or Sentinels and the master: redis-sentinel://host,host/0#master");
    }
    return address;
  }

  /// What it tells of one of its sections, such as `memory`, by name.
  public Map<String, String> info(String section) {
    return ask(client -> client.info(section))
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')),
                line -> line.substring(line.indexOf(':') + 1).strip(),
                (first, _) -> first));
  }

  /// From now on scripts that have leave to run while it lacks memory say so.
  public void useFlags() {
    hasFlags = true;
  }

  /// Asks something.
  ///
  /// @throws StoreUnavailableException when Redis does not answer, or not with what was asked for;
  ///   then it is unknown whether it was done
  public <T> T ask(Function<UnifiedJedis, T> question) {
    try {
      return question.apply(client);
    } catch (JedisConnectionException e) {
      // What lies in the pool is of the same age, and as dead.
      drop.run();
      throw new StoreUnavailableException("Redis does not answer: " + e.getMessage(), e);
    } catch (JedisException e) {
      throw new StoreUnavailableException("Redis refuses: " + e.getMessage(), e);
    }
  }

  /// Runs a script.
  ///
  /// @throws StoreUnavailableException as [#ask]
  public Object run(Script script, List<String> arguments) {
    return run(script, List.of(), arguments);
  }

  /// Runs a script that changes keys that its caller names.
  ///
  /// @throws StoreUnavailableException as [#ask]
  public Object run(Script script, List<String> keys, List<String> arguments) {
    Script form = form(script);
    return ask(
        redis -> {
          try {
            return redis.evalsha(form.digest(), keys, arguments);
          } catch (JedisNoScriptException e) {
            return redis.eval(form.text(), keys, arguments);
          }
        });
  }

  private Script form(Script script) {
    Script form = script.in(hasFlags);
    return prefix.isEmpty()
        ? form
        : prefixed.computeIfAbsent(form.digest(), _ -> form.with(prefix));
  }

  /// Runs a script that answers with a list of texts.
  @SuppressWarnings("unchecked") // Jedis gives a list of texts for a table of strings.
  public List<String> texts(Script script, List<String> arguments) {
    return (List<String>) run(script, arguments);
  }

  /// Runs a script that answers with a whole number.
  public long number(Script script, List<String> arguments) {
    return (Long) run(script, arguments);
  }

  @Override
  public void close() {
    client.close();
  }
}

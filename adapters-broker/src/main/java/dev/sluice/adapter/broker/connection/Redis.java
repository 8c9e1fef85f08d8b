package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.port.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/// Access to Redis, over a few connections that all threads share.
public final class Redis implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  /// Redis answers within milliseconds, or is unavailable.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26_379;

  private final UnifiedJedis client;
  private final KeyPrefix prefix;

  /// The scripts with prefixed keys, by the digests of the scripts without.
  private final Map<String, Script> prefixed = new ConcurrentHashMap<>();

  /// Drops idle connections.
  private final Runnable drop;

  /// Whether its scripts may begin with flags.
  private volatile boolean hasFlags;

  private Redis(UnifiedJedis client, KeyPrefix prefix, Runnable drop) {
    this.client = client;
    this.prefix = prefix;
    this.drop = drop;
  }

  /// Returns a client, which connects when it is first used; with Sentinel it connects at once.
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
              .sentinels(sentinels(address))
              .sentinelClientConfig(waits(address).build())
              .clientConfig(login(address, prefix))
              .poolConfig(pool)
              .build();
      return new Redis(client, prefix, () -> {});
    } catch (JedisException e) {
      throw new StoreUnavailableException("no Sentinel knows where Redis is: " + e.getMessage(), e);
    }
  }

  private static Set<HostAndPort> sentinels(ServerAddress address) {
    return address.hosts().stream()
        .map(host -> new HostAndPort(host.name(), host.port()))
        .collect(Collectors.toSet());
  }

  private static DefaultJedisClientConfig.Builder waits(ServerAddress address) {
    int wait = Math.toIntExact(LONGEST_WAIT.toMillis());
    // Passes only the scheme of the URL, which selects TLS: Jedis decodes the other parts
    // differently.
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
      // Applies to every key of every command, in pipelines too.
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

  /// Parses the URL of a Redis.
  ///
  /// @throws IllegalArgumentException when it is not such a URL
  public static ServerAddress address(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.matches("rediss?(-sentinel)?")) {
      throw new IllegalArgumentException("begin with redis://, rediss:// or redis-sentinel://");
    }
    boolean isSentinel = scheme.endsWith("-sentinel");
    ServerAddress address = ServerAddress.of(url.toString(), isSentinel ? SENTINEL_PORT : PORT);
    if (address.path().filter(database -> !database.matches("\\d{1,6}")).isPresent()) {
      throw new IllegalArgumentException("name the database by a number, such as /0");
    }
    if (address.user().isPresent() && address.password().isEmpty()) {
      throw new IllegalArgumentException(
          "write a user with a password (user:password@), a password alone as :password@");
    }
    requireOneHostOrSentinels(address);
    return address;
  }

  private static void requireOneHostOrSentinels(ServerAddress address) {
    boolean isSentinel = isSentinel(address);
    boolean isOne = isSentinel || address.hosts().size() == 1;
    if (!isOne || isSentinel != address.fragment().isPresent()) {
      throw new IllegalArgumentException(
          "name one host, or Sentinels and the master: redis-sentinel://host,host/0#master");
    }
  }

  /// Returns one section of `INFO`, such as `memory`, by name.
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

  /// From now on, scripts that may run while Redis lacks memory declare it.
  public void useFlags() {
    hasFlags = true;
  }

  /// Sends commands to Redis.
  ///
  /// @throws StoreUnavailableException when Redis does not answer, or answers with an error; then
  ///   it is unknown whether the commands took effect
  public <T> T ask(Function<UnifiedJedis, T> question) {
    try {
      return question.apply(client);
    } catch (JedisConnectionException e) {
      // The connections in the pool are as old, and as dead.
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

  /// Runs a script on keys that the caller names.
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

  /// Runs a script that returns a list of texts.
  @SuppressWarnings("unchecked") // Jedis returns a table of strings as a list of texts.
  public List<String> texts(Script script, List<String> arguments) {
    return (List<String>) run(script, arguments);
  }

  /// Runs a script that returns a whole number.
  public long number(Script script, List<String> arguments) {
    return (Long) run(script, arguments);
  }

  @Override
  public void close() {
    client.close();
  }
}

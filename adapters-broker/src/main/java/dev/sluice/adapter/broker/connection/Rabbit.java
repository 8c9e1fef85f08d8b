package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/// A connection to RabbitMQ that recovers by itself.
///
/// A node has two: RabbitMQ may block the one that publishes, and acknowledgements must not wait
/// behind it.
public final class Rabbit implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Rabbit.class.getName());
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int SECURE_PORT = ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT;
  private static final int LONGEST_CLOSE_MILLIS = 5_000;

  private final Connection connection;
  private final String purpose;
  private final RareWarning blocked = new RareWarning();
  private final RareWarning unblocked = new RareWarning();
  private final RareWarning lost = new RareWarning();
  private volatile boolean isBlocked;

  private Rabbit(Connection connection, String purpose) {
    this.connection = connection;
    this.purpose = purpose;
  }

  /// Connects.
  ///
  /// @param purpose by which operators recognize the connection
  /// @throws StoreUnavailableException when that fails
  public static Rabbit connect(URI url, String purpose, ThreadFactory threads) {
    try {
      ServerAddress address = address(url);
      List<Address> hosts =
          address.hosts().stream().map(host -> new Address(host.name(), host.port())).toList();
      Rabbit rabbit =
          new Rabbit(factory(address, threads).newConnection(hosts, "sluice " + purpose), purpose);
      rabbit.watch();
      return rabbit;
    } catch (IOException | TimeoutException e) {
      throw new StoreUnavailableException("cannot connect to RabbitMQ: " + reason(e), e);
    }
  }

  /// Parses the URL of a RabbitMQ.
  ///
  /// @throws IllegalArgumentException when it is not such a URL
  public static ServerAddress address(URI url) {
    boolean isSecure = "amqps".equals(url.getScheme());
    if (!isSecure && !"amqp".equals(url.getScheme())) {
      throw new IllegalArgumentException("begin with amqp:// or amqps://");
    }
    ServerAddress address =
        ServerAddress.of(
            url.toString(), isSecure ? SECURE_PORT : ConnectionFactory.DEFAULT_AMQP_PORT);
    if (address.fragment().isPresent()) {
      throw new IllegalArgumentException("write # as %23");
    }
    return address;
  }

  private static ConnectionFactory factory(ServerAddress address, ThreadFactory threads) {
    ConnectionFactory factory = factoryFor(address.scheme());
    address.user().ifPresent(factory::setUsername);
    address.password().ifPresent(factory::setPassword);
    factory.setVirtualHost(address.path().orElse("/"));
    factory.setThreadFactory(threads);
    factory.setExceptionHandler(new RabbitExceptions());
    factory.setConnectionTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()));
    factory.setHandshakeTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()));
    factory.setChannelRpcTimeout(Math.toIntExact(LONGEST_WAIT.toMillis()));
    factory.setRequestedHeartbeat(Math.toIntExact(HEARTBEAT.toSeconds()));
    factory.setNetworkRecoveryInterval(BETWEEN_TRIES.toMillis());
    factory.setAutomaticRecoveryEnabled(true);
    // The users of a channel reopen it, with its consumers.
    factory.setTopologyRecoveryEnabled(false);
    return factory;
  }

  private static ConnectionFactory factoryFor(String scheme) {
    var factory = new ConnectionFactory();
    try {
      // Also configures TLS. The client gets only the scheme, because it does not read names and
      // passwords as UTF-8.
      factory.setUri(URI.create(scheme + "://localhost"));
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalArgumentException("invalid URL of a RabbitMQ", e);
    }
    return factory;
  }

  /// Returns the message of a failure, or of its cause, which is more specific.
  public static String reason(Exception failure) {
    Throwable cause = failure.getCause();
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return cause == null || cause.getMessage() == null ? text : cause.getMessage();
  }

  private void watch() {
    connection.addBlockedListener(blockedListener());
    connection.addShutdownListener(
        signal -> {
          isBlocked = false;
          if (!signal.isInitiatedByApplication()) {
            LOG.log(
                lost.level(),
                "lost the connection to RabbitMQ for {0}, reconnecting: {1}",
                purpose,
                signal.getMessage());
          }
        });
  }

  private BlockedListener blockedListener() {
    return new BlockedListener() {
      @Override
      public void handleBlocked(String cause) {
        isBlocked = true;
        LOG.log(blocked.level(), "RabbitMQ accepts no messages, for this reason: " + cause);
      }

      @Override
      public void handleUnblocked() {
        isBlocked = false;
        LOG.log(unblocked.level(Level.INFO), "RabbitMQ accepts messages again");
      }
    };
  }

  /// Returns the version of RabbitMQ; empty when RabbitMQ does not report it.
  public Optional<String> version() {
    return Optional.ofNullable(connection.getServerProperties().get("version"))
        .map(Object::toString);
  }

  /// Returns whether it is connected and RabbitMQ accepts messages.
  boolean isUsable() {
    return connection.isOpen() && !isBlocked;
  }

  /// Returns whether it is connected.
  public boolean isOpen() {
    return connection.isOpen();
  }

  /// Checks that messages can be published.
  ///
  /// @throws StoreUnavailableException when it is not connected, or RabbitMQ accepts no messages
  public void requireUsable() {
    if (!connection.isOpen()) {
      throw new StoreUnavailableException("there is no connection to RabbitMQ");
    }
    if (isBlocked) {
      throw new StoreUnavailableException("RabbitMQ accepts no messages: it lacks memory or disk");
    }
  }

  /// Opens a channel.
  ///
  /// @throws StoreUnavailableException when there is no connection
  public Channel channel() {
    try {
      Channel channel = connection.createChannel();
      if (channel == null) {
        throw new StoreUnavailableException("RabbitMQ allows no more channels");
      }
      return channel;
    } catch (IOException | ShutdownSignalException e) {
      throw new StoreUnavailableException("there is no connection to RabbitMQ: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close(LONGEST_CLOSE_MILLIS);
    } catch (IOException | ShutdownSignalException e) {
      LOG.log(Level.DEBUG, "the connection was already closed", e);
    }
  }
}

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

/// A connection to RabbitMQ that comes back by itself.
///
/// There are two: RabbitMQ may hold up one that publishes, and then acknowledgements must not wait
/// behind.
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
  /// @param purpose by which people tell it from others
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

  /// Where a RabbitMQ is.
  ///
  /// @throws IllegalArgumentException when the URL is none of a RabbitMQ
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
    var factory = new ConnectionFactory();
    try {
      // Sets what TLS needs, too; the rest is not left to it, because it reads names and passwords
      // as other than UTF-8.
      factory.setUri(URI.create(address.scheme() + "://localhost"));
    } catch (NoSuchAlgorithmException | KeyManagementException e) {
      throw new IllegalArgumentException("not a URL for RabbitMQ", e);
    }
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
    // Channels are opened anew, with what belongs to them, by those who use them.
    factory.setTopologyRecoveryEnabled(false);
    return factory;
  }

  /// What went wrong, in the words of whoever knows best.
  public static String reason(Exception failure) {
    Throwable cause = failure.getCause();
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return cause == null || cause.getMessage() == null ? text : cause.getMessage();
  }

  private void watch() {
    connection.addBlockedListener(
        new BlockedListener() {
          @Override
          public void handleBlocked(String cause) {
            isBlocked = true;
            LOG.log(blocked.level(), "RabbitMQ takes nothing, because it says: " + cause);
          }

          @Override
          public void handleUnblocked() {
            isBlocked = false;
            LOG.log(unblocked.level(Level.INFO), "RabbitMQ takes messages again");
          }
        });
    connection.addShutdownListener(
        signal -> {
          isBlocked = false;
          if (!signal.isInitiatedByApplication()) {
            LOG.log(
                lost.level(),
                "lost the connection to RabbitMQ for {0}, connecting again: {1}",
                purpose,
                signal.getMessage());
          }
        });
  }

  /// Which RabbitMQ it is; nothing when it does not tell.
  public Optional<String> version() {
    return Optional.ofNullable(connection.getServerProperties().get("version"))
        .map(Object::toString);
  }

  /// Whether it is connected and RabbitMQ takes messages.
  boolean isUsable() {
    return connection.isOpen() && !isBlocked;
  }

  /// Whether it is connected.
  public boolean isOpen() {
    return connection.isOpen();
  }

  /// @throws StoreUnavailableException when it is not connected, or RabbitMQ takes nothing
  public void requireUsable() {
    if (!connection.isOpen()) {
      throw new StoreUnavailableException("there is no connection to RabbitMQ");
    }
    if (isBlocked) {
      throw new StoreUnavailableException("RabbitMQ takes nothing: it lacks memory or disk");
    }
  }

  /// A new channel.
  ///
  /// @throws StoreUnavailableException when there is no connection
  public Channel channel() {
    try {
      Channel channel = connection.createChannel();
      if (channel == null) {
        throw new StoreUnavailableException("RabbitMQ gives no more channels");
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
      LOG.log(Level.DEBUG, "the connection was gone already", e);
    }
  }
}

package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.ClientAddresses;
import dev.sluice.adapter.http.Permits;
import dev.sluice.adapter.http.RequestPermit;
import dev.sluice.adapter.http.StallGuard;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The guards of all connections. Connections are registered through the socket options that
/// Helidon applies to each new one, and are known to their threads from the first line of their
/// first request on.
final class StallGuards implements Http1ConnectionListener {

  private final Map<SocketAddress, StallGuard> byPeer = new ConcurrentHashMap<>();
  private static final ThreadLocal<StallGuard> OF_THREAD = new ThreadLocal<>();

  private final long limitNanos;
  private final ConnectionShares shares;
  private final ClientAddresses clients;

  /// With several processors, large requests leave one free for small ones.
  private final Permits permits =
      new Permits(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

  /// @param limit how long a request may take to arrive
  StallGuards(Duration limit, ConnectionShares shares, ClientAddresses clients) {
    this.limitNanos = limit.toNanos();
    this.shares = shares;
    this.clients = clients;
  }

  /// Starts the time limit: the first line of a request has arrived, and the rest must follow in
  /// time.
  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    StallGuard guard = OF_THREAD.get();
    if (guard != null) {
      guard.now(StallGuard.Phase.READING);
    }
  }

  /// Registers that the calling thread serves this connection.
  void serve(Optional<StallGuard> guard) {
    guard.ifPresent(OF_THREAD::set);
  }

  /// Unregisters a closed connection.
  void ended(Optional<StallGuard> guard) {
    OF_THREAD.remove();
    guard.ifPresent(this::forget);
  }

  /// Returns the guard of the connection from this peer.
  Optional<StallGuard> of(SocketAddress peer) {
    return Optional.ofNullable(byPeer.get(peer));
  }

  /// Returns the permit of a connection's requests.
  RequestPermit permitOf(Optional<StallGuard> guard) {
    return guard.map(StallGuard::permit).orElseGet(() -> new RequestPermit(permits));
  }

  private void forget(StallGuard guard) {
    if (byPeer.remove(guard.peer(), guard)) {
      shares.ended(guard);
    }
  }

  /// Returns the remote address of the connection that the calling thread serves; `-` when unknown.
  String currentAddress() {
    return current().map(guard -> guard.address().getHostAddress()).orElse("-");
  }

  /// Returns the guard of the connection that the calling thread serves.
  Optional<StallGuard> current() {
    return Optional.ofNullable(OF_THREAD.get());
  }

  /// Ends what takes too long, and removes closed connections. Called about every second.
  void check() {
    long now = System.nanoTime();
    byPeer.values().stream().filter(guard -> !guard.isOpen()).forEach(this::forget);
    byPeer.values().forEach(guard -> guard.check(now, limitNanos));
  }

  /// Returns how many connections were closed because the limit was reached.
  long refused() {
    return shares.refused();
  }

  private void take(SocketChannel channel, InetSocketAddress peer) throws IOException {
    var guard =
        new StallGuard(
            channel,
            peer,
            ConnectionShares.clientOf(peer.getAddress(), clients::isProxy),
            new RequestPermit(permits));
    if (!shares.makeRoom(guard, byPeer.values(), this::close)) {
      throw new IOException("the limit of connections is reached");
    }
    StallGuard before = byPeer.put(peer, guard);
    if (before != null) {
      shares.ended(before);
    }
    shares.opened(guard);
  }

  private void close(StallGuard guard) {
    guard.cutOff();
    forget(guard);
  }

  int open() {
    return byPeer.size();
  }

  /// Returns socket options that also register each connection.
  SocketOptions watching(SocketOptions options) {
    return new Watching(options);
  }

  private final class Watching implements SocketOptions {

    private final SocketOptions options;

    Watching(SocketOptions options) {
      this.options = options;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
      options.configureSocket(channel);
      try {
        take(channel, (InetSocketAddress) channel.getRemoteAddress());
      } catch (IOException e) {
        throw new UncheckedIOException("the connection was closed immediately", e);
      }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
      return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
      return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
      return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
      return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
      return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
      return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
      return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
      return options.tcpNoDelay();
    }
  }
}

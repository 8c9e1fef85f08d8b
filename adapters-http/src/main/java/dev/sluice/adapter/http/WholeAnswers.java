package dev.sluice.adapter.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.channels.SocketChannel;
import java.util.Set;

/// Helidon's HTTP/1.1 with a writer of ours below it.
///
/// Helidon 4.4.0 gives a channel the next 8 KiB and does not look how much of it was taken: when
/// the client reads slowly and the socket's buffer is full, the rest is lost and the answer arrives
/// with holes. (Its other way, without channels, lets connections wait for each other.)
final class WholeAnswers implements ServerConnectionSelector {

  private final ServerConnectionSelector http1;
  private final ConnectionWatches watches;

  WholeAnswers(Http1Config config, ConnectionWatches watches) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
    this.watches = watches;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    if (context.isSecure()) {
      // What is encrypted goes through Helidon's own TLS, which writes until all is taken.
      return http1.connection(context);
    }
    SocketChannel channel =
        watches
            .of(context.remotePeer().address())
            .map(ConnectionWatch::channel)
            .orElseThrow(
                () ->
                    new IllegalStateException("an unknown connection: " + context.childSocketId()));
    return http1.connection(new RewiredConnection(context, new WholeWriter(channel)));
  }
}

package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.RequestPermit;
import dev.sluice.adapter.http.StallGuard;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Helidon's HTTP/1.1 with our own writer below it and a [RequestGate] in front of it.
///
/// Helidon 4.4.0 writes the next 8 KiB to a channel and ignores how much of it was accepted: when
/// the client reads slowly and the socket's buffer is full, the rest is lost and the response
/// arrives with holes. (Its other mode, without channels, makes connections wait for each other.)
final class FullWriteConnections implements ServerConnectionSelector {

  private final ServerConnectionSelector http1;
  private final StallGuards guards;

  FullWriteConnections(Http1Config config, StallGuards guards) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
    this.guards = guards;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  /// Accepts every protocol, because the gate responds to whatever arrives; Helidon would hang up
  /// on anything but HTTP/1.1.
  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Optional<StallGuard> guard = guards.of(context.remotePeer().address());
    RequestPermit permit = guards.permitOf(guard);
    var answers = new AnswerWriter(writer(context, guard), permit);
    Supplier<byte @Nullable []> source = () -> read(context, permit);
    var gate = new RequestGate(source, answers, guard);
    var rewired = new FullWriteConnection(context, DataReader.create(gate), answers);
    return new GatedConnection(
        http1.connection(rewired), gate, source, context.isSecure(), guard, guards, permit);
  }

  private static DataWriter writer(ConnectionContext context, Optional<StallGuard> guard) {
    if (context.isSecure()) {
      // Encrypted data goes through Helidon's own TLS, which writes until everything is accepted.
      return context.dataWriter();
    }
    return guard
        .map(connection -> new FullWriter(connection.channel()))
        .orElseThrow(
            () -> new IllegalStateException("an unknown connection: " + context.childSocketId()));
  }

  private static byte @Nullable [] read(ConnectionContext context, RequestPermit permit) {
    permit.release();
    byte[] bytes = read(context);
    if (bytes != null) {
      permit.arrived(bytes.length);
    }
    return bytes;
  }

  private static byte @Nullable [] read(ConnectionContext context) {
    // Helidon reads the first bytes itself, to detect the protocol.
    int early = context.dataReader().available();
    if (early > 0) {
      return context.dataReader().readBytes(early);
    }
    try {
      return context.serverSocket().get();
    } catch (UncheckedIOException e) {
      // A connection that breaks between requests is not a failed request.
      return null;
    }
  }
}

package dev.sluice.adapter.webhook.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/// Does the TLS handshake with the context that the request brings, or with the usual one. The
/// context is the request's user token, by which the pool of connections keeps them apart.
public final class ReceiverTlsStrategy implements TlsSocketStrategy {

  /// The user token of requests without a context of their own. Not null: a pool may use
  /// connections without a token for any request.
  public static final Object USUAL = "usual TLS";

  private final TlsSocketStrategy usual;

  public ReceiverTlsStrategy(SSLContext usual) {
    this.usual = new DefaultClientTlsStrategy(usual);
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    TlsSocketStrategy strategy =
        HttpClientContext.cast(context).getUserToken() instanceof SSLContext own
            ? new DefaultClientTlsStrategy(own)
            : usual;
    return strategy.upgrade(socket, target, port, attachment, context);
  }
}

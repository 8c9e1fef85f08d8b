package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.tls.ReceiverTlsStrategy;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Makes clients that do one thing: send a request once, to a guarded address, and return what
/// comes back. Everything that a browser would do by itself is off.
final class ClientFactory {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration VALIDATE_AFTER = Duration.ofSeconds(2);
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);

  /// Only a safety net: the deadline of the attempt is shorter.
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(40);

  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADERS = 100;

  private final SenderSettings settings;
  private final GuardedResolver names;
  private final AddressGuard guard;

  ClientFactory(SenderSettings settings, GuardedResolver names, AddressGuard guard) {
    this.settings = settings;
    this.names = names;
    this.guard = guard;
  }

  /// Makes the pool of a client.
  PoolingHttpClientConnectionManager connections() {
    var connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(CONNECT))
            .setIdleTimeout(Timeout.of(IDLE))
            .setTimeToLive(TimeValue.of(settings.timeToLive()))
            .setValidateAfterInactivity(TimeValue.of(VALIDATE_AFTER))
            .build();
    var http =
        Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setMaxLineLength(MAX_LINE_BYTES)
            .setMaxHeaderCount(MAX_HEADERS)
            // A response that does not begin with a status line fails at once; by default, nine
            // more lines would be read first.
            .setMaxEmptyLineCount(1)
            .build();
    return new GuardedPoolBuilder(guard)
        .setDnsResolver(names)
        .setTlsSocketStrategy(new ReceiverTlsStrategy(settings.tls()))
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.of(HANDSHAKE)).build())
        .setDefaultConnectionConfig(connection)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnPerRoute(settings.maxPerReceiver())
        .setMaxConnTotal(settings.maxConnections())
        .build();
  }

  /// Makes a client; closing it closes its connections.
  CloseableHttpClient client(
      PoolingHttpClientConnectionManager connections, ConnectionReuseStrategy reuse) {
    var request =
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(WAIT_FOR_CONNECTION))
            .setResponseTimeout(Timeout.of(READ_TIMEOUT))
            .setAuthenticationEnabled(false)
            .setRedirectsEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();
    HttpClientBuilder builder = HttpClientBuilder.create();
    settings
        .proxy()
        .ifPresent(proxy -> builder.setProxy(new HttpHost("http", proxy.host(), proxy.port())));
    return builder
        .setConnectionManager(connections)
        .setConnectionReuseStrategy(reuse)
        .setRequestExecutor(new ObservedExchange())
        .setDefaultRequestConfig(request)
        .setUserAgent(settings.userAgent())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  /// The builder of the library, but with our sockets.
  private static final class GuardedPoolBuilder extends PoolingHttpClientConnectionManagerBuilder {

    private final AddressGuard guard;

    private GuardedPoolBuilder(AddressGuard guard) {
      this.guard = guard;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
      return new TimedConnectionOperator(guard, ports, names, tls);
    }
  }
}

package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.tls.ReceiverTlsStrategy;
import dev.sluice.domain.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;

/// Sends requests to untrusted receivers. Each ends by its deadline, whatever the receiver does,
/// and keeps at most 16 KiB of the response's body.
///
/// Safe for use by many threads; meant for virtual ones.
final class WebhookSender implements AutoCloseable {

  private static final Duration EVICTION = Duration.ofSeconds(5);
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /// The number of connections is checked this many times while as many are opened as there may be.
  private static final int CHECKS = 8;

  /// Idle times after which connections are closed when there are too many, shortest last.
  private static final List<TimeValue> SURPLUS =
      List.of(TimeValue.ofSeconds(1), TimeValue.ZERO_MILLISECONDS);

  private final TimeSource time;
  private final ScheduledExecutorService deadlines;
  private final CloseableHttpClient reusing;
  private final CloseableHttpClient fresh;
  private final ScheduledFuture<?> eviction;
  private final PoolingHttpClientConnectionManager kept;
  private final int maxConnections;

  /// Connections that were opened since their number was last checked.
  private final AtomicInteger opened = new AtomicInteger();

  /// @param deadlines ends attempts and closes idle connections; should forget cancelled tasks at
  ///   once, and is not closed by this class
  WebhookSender(
      SenderSettings settings,
      AddressGuard guard,
      DnsCache names,
      TimeSource time,
      ScheduledExecutorService deadlines) {
    this.time = time;
    this.deadlines = deadlines;
    // The proxy's own address may be an internal one.
    AddressGuard connecting = settings.proxy().isPresent() ? AddressGuard.OPEN : guard;
    var factory = new ClientFactory(settings, new GuardedResolver(names, connecting), connecting);
    this.kept = factory.connections();
    this.maxConnections = settings.maxConnections();
    this.reusing = factory.client(kept, DefaultConnectionReuseStrategy.INSTANCE);
    this.fresh = factory.client(factory.connections(), (request, response, context) -> false);
    this.eviction =
        deadlines.scheduleWithFixedDelay(
            () -> evict(kept), EVICTION.toMillis(), EVICTION.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void evict(PoolingHttpClientConnectionManager connections) {
    connections.closeExpired();
    connections.closeIdle(IDLE);
  }

  /// The pool bounds the connections to each receiver, but not all of them together: that would
  /// need a lock for every request. So idle ones are closed when many were opened.
  private void closeSurplus(RequestProgress attempt) {
    boolean isDue =
        attempt.times().connect().isPresent()
            && opened.incrementAndGet() % Math.max(1, maxConnections / CHECKS) == 0;
    for (TimeValue idle : SURPLUS) {
      if (isDue && isOverfull()) {
        kept.closeIdle(idle);
      }
    }
  }

  private boolean isOverfull() {
    return connections() > maxConnections;
  }

  /// Returns how many connections of the pool are open.
  int connections() {
    PoolStats stats = kept.getTotalStats();
    return stats.getAvailable() + stats.getLeased();
  }

  /// Sends a request and waits for its response, on the caller's thread.
  ///
  /// A connection of the pool that turns out to be dead before the response begins is replaced by a
  /// new one, once; so a receiver may see one request twice. Nothing else is repeated or followed.
  SendResult send(WebhookRequest request) {
    var attempt = new RequestProgress(time, request.deadline());
    return attempt.call(
        () -> {
          SendResult result = exchange(reusing, request, attempt);
          closeSurplus(attempt);
          return attempt.takeStaleConnection() ? exchange(fresh, request, attempt) : result;
        });
  }

  private SendResult exchange(
      CloseableHttpClient client, WebhookRequest request, RequestProgress attempt) {
    HttpUriRequestBase post = message(request);
    WebhookUrl url = request.url();
    ScheduledFuture<?> timer =
        deadlines.schedule(
            () -> {
              attempt.expire();
              post.abort();
            },
            attempt.remaining().toNanos(),
            TimeUnit.NANOSECONDS);
    HttpClientContext context = context(request);
    try {
      SendResult result =
          read(
              client.executeOpen(new HttpHost(url.scheme(), url.host(), url.port()), post, context),
              post,
              attempt);
      // Without TLS, what responded is not the receiver but a proxy that was asked for a tunnel.
      return url.isTls() && context.getSSLSession() == null ? tunnelRefused(result) : result;
    } catch (IOException e) {
      return FailureClassifier.of(e, attempt);
    } finally {
      timer.cancel(false);
    }
  }

  private static SendResult tunnelRefused(SendResult result) {
    return result instanceof SendResult.Responded proxy
        ? new SendResult.Failed(
            FailureKind.CONNECT,
            "No connection: the proxy (WEBHOOK_PROXY) responded with " + proxy.status() + ".",
            proxy.times())
        : result;
  }

  /// A connection is used again only for requests with the same TLS: one with a client certificate
  /// must not serve another subscription.
  private static HttpClientContext context(WebhookRequest request) {
    HttpClientContext context = HttpClientContext.create();
    context.setUserToken(request.tls().<Object>map(tls -> tls).orElse(ReceiverTlsStrategy.USUAL));
    return context;
  }

  private static HttpUriRequestBase message(WebhookRequest request) {
    WebhookUrl url = request.url();
    var message = new HttpUriRequestBase(request.method(), URI.create(url.toString()));
    message.setPath(url.pathAndQuery());
    message.setAuthority(new URIAuthority(url.host(), url.portOfHostHeader()));
    if (request.method().equals("POST")) {
      message.setEntity(new ByteArrayEntity(request.body(), null));
    }
    request.headers().forEach(message::setHeader);
    return message;
  }

  private static SendResult read(
      ClassicHttpResponse response, HttpUriRequestBase post, RequestProgress attempt)
      throws IOException {
    boolean isWhole = false;
    try {
      ResponseBody body = body(response);
      isWhole = body.isWhole();
      return new SendResult.Responded(
          response.getCode(), KeptHeaders.headers(response), body, attempt.times());
    } finally {
      if (!isWhole) {
        // Before closing, which would read the rest of the body.
        post.abort();
      }
      close(response);
    }
  }

  private static ResponseBody body(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return ResponseBody.EMPTY;
    }
    // Not closed here: closing would read the rest of a long body.
    return ResponseBody.read(entity.getContent());
  }

  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      // The response is complete or was given up; either way the connection is gone.
    }
  }

  @Override
  public void close() {
    eviction.cancel(false);
    for (CloseableHttpClient client : List.of(reusing, fresh)) {
      client.close(CloseMode.IMMEDIATE);
    }
  }
}

package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;

/// Opens connections with guarded sockets, and notes in the attempt how long that takes.
final class TimedConnectionOperator extends DefaultHttpClientConnectionOperator {

  TimedConnectionOperator(
      AddressGuard guard, SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
    super(
        proxy -> new GuardedSocket(guard),
        ports,
        names,
        RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
  }

  @Override
  protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
    RequestProgress.current().began(RequestPhase.CONNECT);
  }

  @Override
  protected void onAfterSocketConnect(HttpContext context, HttpHost host) {
    RequestProgress.current().ended(RequestPhase.CONNECT);
  }

  @Override
  protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
    RequestProgress.current().began(RequestPhase.TLS);
  }

  @Override
  protected void onAfterTlsHandshake(HttpContext context, HttpHost host) {
    RequestProgress.current().ended(RequestPhase.TLS);
  }
}

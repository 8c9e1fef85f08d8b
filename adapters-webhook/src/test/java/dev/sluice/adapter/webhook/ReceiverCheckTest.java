package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.contract.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of URLs that must be refused, and what stays open.
final class ReceiverCheckTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final FixedNames names =
      new FixedNames()
          .with("good.test", "93.184.216.34", "2606:4700::1111")
          .with("xn--bcher-kva.test", "93.184.216.34")
          .with("xn--fa-hia.test", "93.184.216.34")
          .with("127.0.0.1.nip.test", "127.0.0.1")
          .with("private-too.test", "93.184.216.34", "10.0.0.1")
          .with("loopback-too.test", "93.184.216.34", "::1")
          .with("alias.test", "169.254.169.254")
          .with("localhost", "127.0.0.1")
          .with("receiver", "10.0.0.7");

  private WebhookUrl check(String url, UrlRules rules) throws InterruptedException {
    var cache = new DnsCache(names, Runnable::run, new SettableClock());
    return new ReceiverCheck(rules, cache).check(url, LIMIT);
  }

  private WebhookUrl check(String url) throws InterruptedException {
    return check(url, rules(true));
  }

  private static UrlRules rules(boolean httpAllowed, String... allowed) {
    List<Network> networks = Stream.of(allowed).map(Network::parse).toList();
    return new UrlRules(
        httpAllowed, AllowedPorts.STANDARD, Set.of("sluice.test:443"), new AddressGuard(networks));
  }

  static List<Arguments> refusedUrls() throws IOException {
    try (InputStream in = ReceiverCheckTest.class.getResourceAsStream("refused-urls.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .map(row -> Arguments.of(row[0], row[1], unescaped(row[2])))
          .toList();
    }
  }

  private static String unescaped(String url) {
    return url.replace("\\u00ad", "\u00ad")
        .translateEscapes()
        .replace("TOO_LONG", "x".repeat(UrlCheck.MAX_LENGTH));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("refusedUrls")
  void forbiddenUrl_isRefusedAndSaysWhy(String row, String why, String url) {
    assertThatThrownBy(() -> check(url))
        .as(row)
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"private-too.test", "loopback-too.test", "alias.test"})
  void nameThatLeadsInside_isRefused(String host) {
    assertThatThrownBy(() -> check("https://" + host))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("resolves to an address");
  }

  @Test
  void nameWithoutAddress_isRefused() {
    assertThatThrownBy(() -> check("https://missing.test"))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("No address was found");
  }

  @ParameterizedTest
  @CsvSource({"https://good.test, ''", "https://missing.test, ''", "https://alias.test, resolves"})
  void whereNamesMayHaveNoAddress_addressesAreStillChecked(String url, String refusal)
      throws InterruptedException {
    var cache = new DnsCache(names, Runnable::run, new SettableClock());
    var atStart = new ReceiverCheck(rules(true), cache, ReceiverCheck.Lookup.TRIED);

    if (refusal.isEmpty()) {
      assertThat(atStart.check(url, LIMIT)).hasToString(url + ":443/");
    } else {
      assertThatThrownBy(() -> atStart.check(url, LIMIT)).hasMessageContaining(refusal);
    }
  }

  @Test
  void ownEndpoint_isRefused() {
    assertThatThrownBy(() -> check("https://SLUICE.test/events"))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("loop");
  }

  @ParameterizedTest
  @CsvSource({
    "https://good.test, https://good.test:443/",
    "HTTPS://GOOD.test./In?a=b%20c, https://good.test:443/In?a=b%20c",
    "http://good.test?a, http://good.test:80/?a",
    "https://good.test:80/, https://good.test:80/",
    "https://93.184.216.34/in, https://93.184.216.34:443/in",
    "https://[2606:4700:0::1111]/in, https://[2606:4700:0:0:0:0:0:1111]:443/in",
    "https://xn--bcher-kva.test, https://xn--bcher-kva.test:443/",
    "https://xn--fa-hia.test, https://xn--fa-hia.test:443/",
  })
  void publicUrl_isAccepted(String url, String read) throws InterruptedException {
    assertThat(check(url)).hasToString(read);
  }

  @Test
  void http_isRefusedUnlessAllowed() {
    assertThatThrownBy(() -> check("http://good.test", rules(false)))
        .hasMessageContaining("does not send to http://");
  }

  /// The client would take what follows for a host.
  @Test
  void pathWithTwoSlashes_isRefused() {
    assertThatThrownBy(() -> check("https://good.test//in"))
        .isInstanceOf(RefusedUrlException.class)
        .hasMessageContaining("slashes");
  }

  @Test
  void pathThatIsNoUri_isRefused() {
    assertThatThrownBy(() -> check("https://good.test/{id}"))
        .hasMessageContaining("Percent-encode");
  }

  @Test
  void allowedNetwork_opensItsAddressesAndInternalNames() throws InterruptedException {
    UrlRules rules = rules(true, "10.0.0.0/8");

    assertThat(check("https://receiver/in", rules).host()).isEqualTo("receiver");
    assertThat(check("https://10.1.2.3/in", rules).host()).isEqualTo("10.1.2.3");
    assertThatThrownBy(() -> check("https://localhost", rules)).hasMessageContaining("127.0.0.0/8");
    assertThatThrownBy(() -> check("https://192.168.0.1", rules))
        .hasMessageContaining("192.168.0.0/16");
    assertThatThrownBy(() -> check("https://metadata.google.internal", rules))
        .hasMessageContaining("metadata");
  }
}

package dev.sluice.adapter.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of the HTTP adapter.
///
/// @param address the address to listen on
/// @param port the port to listen on; 0 picks a free one
/// @param limits how much a client may send, and how fast
/// @param streams how changes are streamed
/// @param about what the service reports about itself
/// @param security who is admitted, and how connections are protected
public record HttpSettings(
    InetAddress address, int port, Limits limits, Streams streams, About about, Security security) {

  /// How much a client may send, and how fast.
  ///
  /// @param maxPayloadBytes most bytes of one event: a body, an element of an array or a line of
  ///   NDJSON
  /// @param maxBatch most events of one JSON array
  /// @param maxBatchBytes most bytes of one JSON array
  /// @param maxStreamBytes most bytes of one NDJSON body
  /// @param maxBufferedBytes most bytes of bodies held in memory at once, over all requests
  /// @param maxConnections most open connections
  /// @param requestTimeout how long a request may take to arrive, and an NDJSON body may pause
  /// @param ratePerSecond requests per second and client address; 0 for no limit
  /// @param rateBurst requests at once per client address
  public record Limits(
      int maxPayloadBytes,
      int maxBatch,
      int maxBatchBytes,
      long maxStreamBytes,
      long maxBufferedBytes,
      int maxConnections,
      Duration requestTimeout,
      double ratePerSecond,
      int rateBurst) {

    /// The default limits.
    public static final Limits DEFAULT =
        new Limits(
            1 << 20, 5_000, 16 << 20, 1L << 30, 256L << 20, 10_000, Duration.ofSeconds(30), 0, 1);
  }

  /// How changes are streamed to clients.
  ///
  /// @param clients most clients at once
  /// @param turn the interval at which changes are sent
  /// @param heartbeat the longest silence before a heartbeat is sent
  public record Streams(int clients, Duration turn, Duration heartbeat) {

    /// Returns settings for this number of clients, with the usual intervals.
    public static Streams of(int clients) {
      return new Streams(clients, Duration.ofMillis(250), Duration.ofSeconds(10));
    }
  }

  /// What the service reports about itself.
  ///
  /// @param version of the program
  /// @param storage kind of storage in use
  /// @param environment label of the installation
  public record About(String version, String storage, String environment) {}

  /// Who is admitted, and how connections are protected.
  ///
  /// @param isOpen whether requests without a key may do everything
  /// @param areMetricsOpen whether `/metrics` needs no key in any case
  /// @param tls the certificate, when connections are encrypted
  /// @param clients how clients are distinguished
  public record Security(
      boolean isOpen, boolean areMetricsOpen, Optional<Tls> tls, Clients clients) {

    /// Everyone may do everything, over unencrypted connections.
    public static final Security NONE = new Security(true, true, Optional.empty());

    /// Creates settings for clients that connect directly.
    public Security(boolean isOpen, boolean areMetricsOpen, Optional<Tls> tls) {
      this(isOpen, areMetricsOpen, tls, Clients.DIRECT);
    }
  }

  /// How clients are distinguished.
  ///
  /// @param trustedProxies the proxies whose forwarding headers are trusted
  /// @param connectionsPerAddress most open connections of one address, or of the /64 of an IPv6
  ///   address; 0 for half of all connections. Trusted proxies have no limit
  public record Clients(List<AddressRange> trustedProxies, int connectionsPerAddress) {

    /// No proxies, and at most half of all connections for one address.
    public static final Clients DIRECT = new Clients(List.of(), 0);

    public Clients {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /// A range of addresses that begin with the same bits.
  ///
  /// @param network an address of the range
  /// @param bits the length of the common prefix
  public record AddressRange(InetAddress network, int bits) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,3}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /// Parses `10.0.0.0/8`, `2001:db8::/32`, or a single address.
    public static Optional<AddressRange> parse(String text) {
      int slash = text.indexOf('/');
      Optional<InetAddress> network = address(slash < 0 ? text : text.substring(0, slash));
      if (network.isEmpty()) {
        return Optional.empty();
      }
      int all = network.get().getAddress().length * Byte.SIZE;
      String bits = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
      return DIGITS.matcher(bits).matches() && Integer.parseInt(bits) <= all
          ? Optional.of(new AddressRange(network.get(), Integer.parseInt(bits)))
          : Optional.empty();
    }

    /// Parses an IP address; does not resolve names.
    static Optional<InetAddress> address(String text) {
      boolean isIpv4 = IPV4.matcher(text).matches();
      if (!isIpv4 && (text.indexOf(':') < 0 || text.indexOf('%') >= 0)) {
        return Optional.empty();
      }
      try {
        return Optional.of(InetAddress.ofLiteral(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    /// Whether the address is in the range.
    public boolean contains(InetAddress address) {
      byte[] ours = network.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      int whole = bits / Byte.SIZE;
      int rest = bits % Byte.SIZE;
      return Arrays.equals(ours, 0, whole, theirs, 0, whole)
          && (rest == 0 || ((ours[whole] ^ theirs[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0);
    }
  }

  /// The files of the TLS certificate.
  ///
  /// @param certificate file with the certificate, followed by its issuers, in PEM
  /// @param key file with its private key in PEM (PKCS#8, not encrypted)
  public record Tls(Path certificate, Path key) {

    /// Returns what is wrong with the files, if anything.
    public Optional<String> problem() {
      try {
        PemIdentity.read(this);
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Receives every request after its response; returns at once.
  public interface RequestLog {

    /// Whether to log a request with this result; asked first, so that other requests cost nothing.
    ///
    /// @param status the status of the response; 0 when none could be sent
    /// @param nanos how long it took
    boolean wants(int status, long nanos);

    /// Logs a finished request.
    void answered(AnsweredRequest request);

    /// Returns how many requests were dropped because there were too many.
    long dropped();
  }

  /// A finished request.
  ///
  /// @param requestId the id of the request, known to the client
  /// @param method its method
  /// @param route the route, never the path with its ids; `unmatched` when no route matched
  /// @param status the status of the response; 0 when none could be sent
  /// @param duration from the first line of the request to the end of the response
  /// @param bytes length of the response body
  /// @param client address of the client
  public record AnsweredRequest(
      String requestId,
      String method,
      String route,
      int status,
      Duration duration,
      long bytes,
      String client) {}
}

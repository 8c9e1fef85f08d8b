package dev.sluice.adapter.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the HTTP side behaves.
///
/// @param address where it listens
/// @param port on which port; 0 picks a free one
/// @param limits what a client may send and how fast
/// @param streams how changes are streamed
/// @param about what the service says of itself
/// @param security who is let in, and how connections are protected
public record HttpSettings(
    InetAddress address, int port, Limits limits, Streams streams, About about, Security security) {

  /// What a client may send and how fast.
  ///
  /// @param maxPayloadBytes most bytes of one event, as a body, an element of an array or a line of
  ///   NDJSON
  /// @param maxBatch most events of one JSON array
  /// @param maxBatchBytes most bytes of one JSON array
  /// @param maxStreamBytes most bytes of one NDJSON body
  /// @param maxBufferedBytes most bytes of bodies that are held in memory at once, over all
  ///   requests
  /// @param maxConnections most open connections
  /// @param requestTimeout how long a request may take to arrive, and NDJSON to go on
  /// @param ratePerSecond requests per second and client address; 0 for any number
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

    /// What holds unless configured otherwise.
    public static final Limits DEFAULT =
        new Limits(
            1 << 20, 5_000, 16 << 20, 1L << 30, 256L << 20, 10_000, Duration.ofSeconds(30), 0, 1);
  }

  /// How changes are streamed to those who watch.
  ///
  /// @param clients most clients at once
  /// @param turn how often a client is sent what has changed
  /// @param heartbeat how long a client may go without a sign of life
  public record Streams(int clients, Duration turn, Duration heartbeat) {

    /// For so many clients, at the usual pace.
    public static Streams of(int clients) {
      return new Streams(clients, Duration.ofMillis(250), Duration.ofSeconds(10));
    }
  }

  /// What the service says of itself.
  ///
  /// @param version of the program
  /// @param storage kind of storage in use
  /// @param environment label of the installation
  public record About(String version, String storage, String environment) {}

  /// Who is let in, and how connections are protected.
  ///
  /// @param isOpen whether requests without a key may do everything
  /// @param areMetricsOpen whether `/metrics` needs no key in any case
  /// @param tls the certificate, when connections are encrypted
  /// @param clients how clients are told apart
  public record Security(
      boolean isOpen, boolean areMetricsOpen, Optional<Tls> tls, Clients clients) {

    /// Everybody may do everything, over connections that are not encrypted.
    public static final Security NONE = new Security(true, true, Optional.empty());

    /// With clients that connect directly.
    public Security(boolean isOpen, boolean areMetricsOpen, Optional<Tls> tls) {
      this(isOpen, areMetricsOpen, tls, Clients.DIRECT);
    }
  }

  /// How clients are told apart.
  ///
  /// @param trustedProxies whose word counts for where a request comes from
  /// @param connectionsPerAddress most open connections of one address, or of the /64 of an IPv6
  ///   address; 0 for half of all connections. Trusted proxies may have any number
  public record Clients(List<AddressRange> trustedProxies, int connectionsPerAddress) {

    /// Without proxies, and with half of all connections for one address.
    public static final Clients DIRECT = new Clients(List.of(), 0);

    /// Checks its values.
    public Clients {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /// All addresses that begin with the same bits.
  ///
  /// @param network one of them
  /// @param bits how many are the same
  public record AddressRange(InetAddress network, int bits) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,3}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or a single address.
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

    /// The address that is written in digits; a name is not looked up.
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

    /// Whether the address is one of them.
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

  /// Where the certificate is.
  ///
  /// @param certificate file with the certificate, and those that vouch for it behind it, in PEM
  /// @param key file with its private key in PEM (PKCS#8, not encrypted)
  public record Tls(Path certificate, Path key) {

    /// What is wrong with the files, if anything.
    public Optional<String> problem() {
      try {
        PemIdentity.read(this);
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /// Is told of every request, after its answer; returns at once.
  public interface RequestLog {

    /// Whether a request with this outcome is of interest; asked first, so that others cost
    /// nothing.
    ///
    /// @param status of the answer; 0 when none could be sent
    /// @param nanos how long it took
    boolean wants(int status, long nanos);

    /// A request was answered.
    void answered(AnsweredRequest request);

    /// How many requests could not be logged because there were too many.
    long dropped();
  }

  /// A request and what became of it.
  ///
  /// @param requestId the id under which the client can ask about it
  /// @param method its method
  /// @param route the route that took it, never the path with its ids; `unmatched` when none did
  /// @param status of the answer; 0 when none could be sent
  /// @param duration from the first line of the request to the end of the answer
  /// @param bytes of the answer's body
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

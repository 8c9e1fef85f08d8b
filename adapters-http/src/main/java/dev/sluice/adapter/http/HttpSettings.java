package dev.sluice.adapter.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
  public record Security(boolean isOpen, boolean areMetricsOpen, Optional<Tls> tls) {

    /// Everybody may do everything, over connections that are not encrypted.
    public static final Security NONE = new Security(true, true, Optional.empty());
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

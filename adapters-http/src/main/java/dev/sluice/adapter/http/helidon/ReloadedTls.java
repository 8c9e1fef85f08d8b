package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.Meters;
import dev.sluice.adapter.http.PemIdentity;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// TLS with a certificate from files, which are reloaded when they change. If the new files cannot
/// be used, the previous certificate stays in use.
final class ReloadedTls {

  private static final System.Logger LOG = System.getLogger(ReloadedTls.class.getName());

  private static final Duration TIME_TO_RENEW = Duration.ofDays(14);
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final HttpSettings.Tls files;
  private final ChangingIdentity manager;
  private final InstantSource clock;
  private String seen;
  private String failed = "";
  private volatile Instant notAfter;
  private Instant warnAgainAt = Instant.MIN;

  /// @throws IllegalArgumentException when the files cannot be used
  ReloadedTls(HttpSettings.Tls files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    // Before the files are read, so that a change in between is detected.
    this.seen = stamps();
    PemIdentity identity = PemIdentity.read(files);
    this.manager = new ChangingIdentity(identity);
    this.notAfter = identity.notAfter();
  }

  /// Registers the gauge of the certificate's expiry.
  void register(Meters meters) {
    meters.gauge(
        "sluice.tls.certificate.not.after.seconds",
        "When the certificate in use expires, in seconds since 1970",
        Map.of(),
        () -> notAfter.getEpochSecond());
  }

  /// Returns the TLS configuration of the server.
  Tls tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {manager}, null, null);
      return Tls.builder().sslContext(context).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /// Checks whether the files have changed. Called about once a second, by one thread at a time.
  void check() {
    warnOfEnd();
    String now = stamps();
    if (!now.equals(seen)) {
      reload(now);
    }
  }

  private void reload(String stamps) {
    try {
      PemIdentity identity = PemIdentity.read(files);
      manager.change(identity);
      notAfter = identity.notAfter();
      // Set only after success, so that files that cannot be read yet are retried.
      seen = stamps;
      failed = "";
      warnAgainAt = Instant.MIN;
      LOG.log(Level.INFO, "the TLS certificate was reloaded from " + files.certificate());
    } catch (IllegalArgumentException e) {
      warnOnce(stamps, Objects.requireNonNullElse(e.getMessage(), "the new one cannot be used"));
    }
  }

  private void warnOnce(String stamps, String reason) {
    if (!stamps.equals(failed)) {
      failed = stamps;
      LOG.log(
          Level.WARNING,
          "the TLS certificate was not reloaded, and is retried every second: " + reason);
    }
  }

  /// Warns once a day while the certificate is about to expire.
  private void warnOfEnd() {
    Instant now = clock.instant();
    if (now.isBefore(notAfter.minus(TIME_TO_RENEW)) || now.isBefore(warnAgainAt)) {
      return;
    }
    warnAgainAt = now.plus(BETWEEN_WARNINGS);
    LOG.log(
        Level.WARNING,
        "the TLS certificate in " + files.certificate() + " expires at " + notAfter + "; renew it");
  }

  private String stamps() {
    return stamp(files.certificate()) + ' ' + stamp(files.key());
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (IOException e) {
      return "missing";
    }
  }
}

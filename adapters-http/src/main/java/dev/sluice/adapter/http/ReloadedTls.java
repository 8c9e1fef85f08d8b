package dev.sluice.adapter.http;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// TLS with a certificate from files, which are read again when they change. A pair that cannot be
/// used leaves the one before in force.
final class ReloadedTls {

  private static final System.Logger LOG = System.getLogger(ReloadedTls.class.getName());

  private final HttpSettings.Tls files;
  private final ChangingIdentity manager;
  private String seen;

  /// @throws IllegalArgumentException when the files cannot be used
  ReloadedTls(HttpSettings.Tls files) {
    this.files = files;
    // Before they are read: a change in between is then seen as one.
    this.seen = stamps();
    this.manager = new ChangingIdentity(PemIdentity.read(files));
  }

  /// For the server.
  Tls tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {manager}, null, null);
      return Tls.builder().sslContext(context).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /// Looks whether the files have changed. Called about once a second, by one thread at a time.
  void check() {
    String now = stamps();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      manager.change(PemIdentity.read(files));
      LOG.log(Level.INFO, "the TLS certificate was read anew from " + files.certificate());
    } catch (IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "the TLS certificate stays as it was: "
              + Objects.requireNonNullElse(e.getMessage(), "the new one cannot be used"));
    }
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

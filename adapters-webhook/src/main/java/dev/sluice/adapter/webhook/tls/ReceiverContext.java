package dev.sluice.adapter.webhook.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes TLS contexts for receivers with certificates of their own.
public final class ReceiverContext {

  private static final char[] NO_PASSWORD = new char[0];

  private ReceiverContext() {}

  /// Returns a context.
  ///
  /// @param authorities certificates that are trusted; empty for the public authorities
  /// @param identity how the client authenticates, if it does
  /// @throws IllegalArgumentException when a certificate or the key is malformed, or they do not
  ///   belong together; the message has no part of the key
  public static SSLContext of(Optional<String> authorities, Optional<Identity> identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(identity), trustManagers(authorities), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the certificate and its key cannot be used together", e);
    }
  }

  /// A certificate chain and its private key, both in PEM.
  public record Identity(String certificate, String key) {

    /// Hides the key.
    @Override
    public String toString() {
      return "Identity[…]";
    }
  }

  /// Null stands for the default managers of the JDK.
  private static TrustManager @Nullable [] trustManagers(Optional<String> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return null;
    }
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : PemCertificates.certificates(authorities.get())) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keyManagers(Optional<Identity> identity)
      throws GeneralSecurityException, IOException {
    if (identity.isEmpty()) {
      return null;
    }
    List<Certificate> chain = PemCertificates.certificates(identity.get().certificate());
    PrivateKey key =
        PemCertificates.key(identity.get().key(), chain.getFirst().getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}

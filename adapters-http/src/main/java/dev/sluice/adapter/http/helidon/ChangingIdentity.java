package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.PemIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Provides each new TLS connection with the current identity; open connections keep theirs.
final class ChangingIdentity extends X509ExtendedKeyManager {

  private static final String ALIAS = "sluice-";
  private static final char[] NO_PASSWORD = {};

  private volatile Generation present;

  /// The previous one: a handshake may be in progress when the identity changes.
  private volatile Generation previous;

  ChangingIdentity(PemIdentity identity) {
    this.present = Generation.of(1, identity);
    this.previous = present;
  }

  /// @param alias its unique name
  /// @param manager applies the selection rules of TLS
  private record Generation(int number, String alias, X509ExtendedKeyManager manager) {

    static Generation of(int number, PemIdentity identity) {
      String alias = ALIAS + number;
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry(
            alias, identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, NO_PASSWORD);
        return new Generation(number, alias, (X509ExtendedKeyManager) factory.getKeyManagers()[0]);
      } catch (GeneralSecurityException | java.io.IOException e) {
        throw new IllegalArgumentException("the certificate cannot be used for TLS", e);
      }
    }
  }

  /// Makes this identity the current one.
  ///
  /// @throws IllegalArgumentException when it cannot be used; then the current one remains
  void change(PemIdentity identity) {
    Generation before = present;
    Generation next = Generation.of(before.number() + 1, identity);
    previous = before;
    present = next;
  }

  private X509ExtendedKeyManager managerOf(String alias) {
    Generation old = previous;
    return alias.equals(old.alias()) ? old.manager() : present.manager();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return present.manager().chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return present.manager().chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return present.manager().getServerAliases(keyType, issuers);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return managerOf(alias).getCertificateChain(alias);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return managerOf(alias).getPrivateKey(alias);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}

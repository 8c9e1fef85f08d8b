package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for 127.0.0.1, created by the JDK's keytool. Each takes a second of
/// processor time, so tests share them.
///
/// @param certificate the certificate in PEM
/// @param key its private key in PEM
/// @param issued the certificate
public record TestIdentity(String certificate, String key, Certificate issued) {

  private static final String PASSWORD = "changeit";
  private static final Map<String, TestIdentity> FIRST = new ConcurrentHashMap<>();
  private static final Map<String, TestIdentity> SECOND = new ConcurrentHashMap<>();

  /// Returns the same identity at each call.
  ///
  /// @param algorithm of the key, such as EC or RSA
  public static TestIdentity of(String algorithm) {
    return FIRST.computeIfAbsent(algorithm, TestIdentity::make);
  }

  /// Returns the same identity at each call, with another key than [#of].
  public static TestIdentity another(String algorithm) {
    return SECOND.computeIfAbsent(algorithm, TestIdentity::make);
  }

  private static TestIdentity make(String algorithm) {
    try {
      Path folder = Files.createTempDirectory("test-identity");
      Path store = folder.resolve("store.p12");
      Process keytool =
          new ProcessBuilder(keytool(algorithm, store)).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError("keytool: " + said);
      }
      byte[] content = Files.readAllBytes(store);
      Files.delete(store);
      Files.delete(folder);
      return read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static List<String> keytool(String algorithm, Path store) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        // The run is short: compiling with C2 would take most of its time.
        "-J-XX:TieredStopAtLevel=1",
        "-J-XX:+UseSerialGC",
        "-genkeypair",
        "-alias",
        "test",
        "-keyalg",
        algorithm,
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString());
  }

  private static TestIdentity read(byte[] store) {
    try (InputStream in = new ByteArrayInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      Certificate certificate = keys.getCertificate("test");
      byte[] key = keys.getKey("test", PASSWORD.toCharArray()).getEncoded();
      return new TestIdentity(
          pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", key), certificate);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + what
        + "-----\n";
  }

  /// Writes both files.
  public HttpSettings.Tls in(Path folder) {
    var files = new HttpSettings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    try {
      Files.writeString(files.certificate(), certificate);
      Files.writeString(files.key(), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /// Returns the TLS context of a client that trusts only this certificate.
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("test", issued);
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

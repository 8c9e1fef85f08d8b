package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The TLS identity of the service: a private key, and a certificate chain whose first certificate
/// is for this key.
///
/// @param key the private key
/// @param chain its certificate, followed by its issuers
public record PemIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};

  public PemIdentity {
    chain = List.copyOf(chain);
  }

  /// Returns the earliest expiry of the certificates in the chain.
  public Instant notAfter() {
    return chain.stream().map(PemIdentity::endOf).min(Comparator.naturalOrder()).orElseThrow();
  }

  /// The certificate returns a java.util.Date, which is only converted here.
  private static Instant endOf(X509Certificate certificate) {
    String millis = String.format(Locale.ROOT, "%tQ", certificate.getNotAfter());
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  /// Reads both files.
  ///
  /// @throws IllegalArgumentException naming the file and what is wrong with it
  public static PemIdentity read(HttpSettings.Tls files) {
    List<X509Certificate> chain = readChain(files.certificate());
    PrivateKey key = readKey(files.key(), chain.getFirst().getPublicKey().getAlgorithm());
    requireMatch(files, chain.getFirst(), key);
    return new PemIdentity(key, chain);
  }

  private static List<X509Certificate> readChain(Path file) {
    var chain = new ArrayList<X509Certificate>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        chain.add((X509Certificate) one);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " contains no certificates in PEM: " + e.getMessage(), e);
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(file + " contains no certificates in PEM");
    }
    return chain;
  }

  private static PrivateKey readKey(Path file, String algorithm) {
    try {
      var encoded = new PKCS8EncodedKeySpec(readEncodedKey(file));
      return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      // Without the cause's message: it could contain parts of the key.
      throw new IllegalArgumentException(
          file + " contains no private key of the certificate's algorithm, " + algorithm, e);
    }
  }

  private static byte[] readEncodedKey(Path file) throws IOException {
    Matcher pem = PKCS8.matcher(Files.readString(file));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          file
              + " contains no private key in PEM (PKCS#8, not encrypted: -----BEGIN PRIVATE"
              + " KEY-----); convert other forms with openssl pkcs8 -topk8 -nocrypt");
    }
    return decode(file, pem.group(1));
  }

  private static byte[] decode(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Its message could contain parts of the key.
      throw new IllegalArgumentException(file + " contains a private key that is not base64", e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(
        file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
  }

  private static void requireMatch(
      HttpSettings.Tls files, X509Certificate certificate, PrivateKey key) {
    if (!isMatch(certificate, key)) {
      throw new IllegalArgumentException(
          files.key()
              + " is not the private key of the first certificate in "
              + files.certificate());
    }
  }

  /// Signs a challenge with the key and verifies it with the certificate.
  private static boolean isMatch(X509Certificate certificate, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(signatureFor(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureFor(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }
}

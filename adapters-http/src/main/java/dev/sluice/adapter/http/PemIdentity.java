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

/// What the service proves with TLS who it is: a private key, and certificates of which the first
/// is about this key.
///
/// @param key the private key
/// @param chain its certificate and those that vouch for it
public record PemIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};

  public PemIdentity {
    chain = List.copyOf(chain);
  }

  /// When the first of the certificates ends that are needed.
  public Instant notAfter() {
    return chain.stream().map(PemIdentity::endOf).min(Comparator.naturalOrder()).orElseThrow();
  }

  /// The certificate has it as a java.util.Date, which is used here only to be read.
  private static Instant endOf(X509Certificate certificate) {
    String millis = String.format(Locale.ROOT, "%tQ", certificate.getNotAfter());
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  /// Reads both files.
  ///
  /// @throws IllegalArgumentException saying which file is wrong, and how
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
          file + " holds no certificates in PEM: " + e.getMessage(), e);
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no certificates in PEM");
    }
    return chain;
  }

  private static PrivateKey readKey(Path file, String algorithm) {
    try {
      Matcher pem = PKCS8.matcher(Files.readString(file));
      if (!pem.find()) {
        throw new IllegalArgumentException(
            file
                + " holds no private key in PEM (PKCS#8, not encrypted: -----BEGIN PRIVATE"
                + " KEY-----); openssl pkcs8 -topk8 -nocrypt makes one of another form");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      // Never with the cause's message: who knows what of the key is in it.
      throw new IllegalArgumentException(
          file + " holds no private key of the certificate's kind, " + algorithm, e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(
        file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
  }

  /// Signs something with the one and looks at it with the other.
  private static void requireMatch(
      HttpSettings.Tls files, X509Certificate certificate, PrivateKey key) {
    boolean isMatch;
    try {
      Signature signature = Signature.getInstance(signatureFor(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(CHALLENGE);
      isMatch = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      isMatch = false;
    }
    if (!isMatch) {
      throw new IllegalArgumentException(
          files.key()
              + " is not the private key of the first certificate in "
              + files.certificate());
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

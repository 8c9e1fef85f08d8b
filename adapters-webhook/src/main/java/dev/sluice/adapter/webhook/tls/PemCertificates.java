package dev.sluice.adapter.webhook.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and private keys in PEM (RFC 7468).
final class PemCertificates {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

  private PemCertificates() {}

  /// Reads one or more certificates.
  ///
  /// @throws IllegalArgumentException when there is none, or one is malformed
  static List<Certificate> certificates(String pem) {
    try {
      List<Certificate> read =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII))));
      if (read.isEmpty()) {
        throw new IllegalArgumentException("must have at least one certificate in PEM");
      }
      return read;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("must be certificates in PEM: " + e.getMessage(), e);
    }
  }

  /// Reads a private key in PKCS #8, without encryption.
  ///
  /// @param algorithm of the public key that belongs to it
  /// @throws IllegalArgumentException when it is none, or of another algorithm; the message does
  ///   not repeat it
  static PrivateKey key(String pem, String algorithm) {
    Matcher block = KEY.matcher(pem.strip());
    if (!block.matches()) {
      throw new IllegalArgumentException(
          "must be one unencrypted private key in PEM that begins with BEGIN PRIVATE KEY; convert"
              + " others with `openssl pkcs8 -topk8 -nocrypt`");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause: its message could quote a part of the key.
      throw new IllegalArgumentException(
          "must be a private key of the algorithm of the certificate, " + algorithm);
    }
  }
}

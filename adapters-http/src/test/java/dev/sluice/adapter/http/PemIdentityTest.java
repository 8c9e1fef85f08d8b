package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class PemIdentityTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void pair_isRead(String algorithm) {
    TestIdentity identity = TestIdentity.of(algorithm);
    HttpSettings.Tls files = identity.in(folder);

    assertThat(files.problem()).isEmpty();
    assertThat(PemIdentity.read(files).chain()).singleElement().isEqualTo(identity.issued());
  }

  @Test
  void keyOfAnotherCertificate_isNamed() throws IOException {
    HttpSettings.Tls files = TestIdentity.of("EC").in(folder);
    Files.writeString(files.key(), TestIdentity.another("EC").key());

    assertThat(files.problem())
        .get()
        .asString()
        .startsWith(files.key().toString())
        .contains("is not the private key of the first certificate");

    Files.writeString(files.key(), TestIdentity.of("RSA").key());
    assertThat(files.problem())
        .get()
        .asString()
        .contains("no private key of the certificate's algorithm");
  }

  @Test
  void fileOutOfShape_isNamed() throws IOException {
    HttpSettings.Tls files = TestIdentity.of("EC").in(folder);
    Files.writeString(files.key(), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n");
    assertThat(files.problem()).get().asString().contains("key.pem", "PKCS#8", "openssl");

    Files.writeString(
        files.key(), "-----BEGIN PRIVATE KEY-----\nAAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(files.problem()).get().asString().contains("key.pem", "not base64");

    Files.writeString(files.certificate(), "hello");
    assertThat(files.problem()).get().asString().contains("cert.pem", "no certificates");

    Files.delete(files.certificate());
    assertThat(files.problem()).get().asString().contains("cert.pem", "cannot be read");
  }
}

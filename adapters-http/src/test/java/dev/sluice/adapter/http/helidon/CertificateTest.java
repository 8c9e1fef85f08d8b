package dev.sluice.adapter.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.LogCapture;
import dev.sluice.adapter.http.PemIdentity;
import dev.sluice.adapter.http.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class CertificateTest {

  private static final FileTime RENEWED = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir private Path folder;

  /// Writes a file without changing size, time and inode, like a change of permissions.
  private static void write(Path file, String text, int length) throws IOException {
    Files.writeString(file, text + "\n".repeat(length - text.length()));
    Files.setLastModifiedTime(file, RENEWED);
  }

  @Test
  void fileThatBecomesReadable_isReadThoughItLooksTheSame() throws IOException {
    HttpSettings.Tls files = TestIdentity.of("EC").in(folder);
    var tls = new ReloadedTls(files, InstantSource.system());
    String key = Files.readString(files.key());
    int length = key.length() + 100;

    try (LogCapture logs = LogCapture.start()) {
      write(files.key(), "not readable yet", length);
      for (int look = 0; look < 5; look++) {
        tls.check();
      }
      assertThat(logs.messages("was not reloaded")).hasSize(1);
      write(files.key(), key, length);
      tls.check();
      tls.check();

      assertThat(logs.messages("was reloaded")).hasSize(1);
    }
  }

  @Test
  void certificateAboutToEnd_isWarnedOfOnceADay() {
    HttpSettings.Tls files = TestIdentity.of("EC").in(folder);
    Instant end = PemIdentity.read(files).notAfter();
    var now = new AtomicReference<>(end.minus(Duration.ofDays(15)));
    var tls = new ReloadedTls(files, now::get);

    try (LogCapture logs = LogCapture.start()) {
      tls.check();
      assertThat(logs.messages("renew it")).isEmpty();

      now.set(end.minus(Duration.ofDays(14)));
      tls.check();
      tls.check();
      now.set(end.minus(Duration.ofDays(13)));
      tls.check();

      assertThat(logs.messages("renew it")).hasSize(2).first().asString().contains(end.toString());
    }
  }
}

package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpoolTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1_000_000})
  void bytes_comeBackAsTheyWere(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    var target = new ByteArrayOutputStream();

    try (var spool = new Spool()) {
      for (int start = 0; start < length; start += 1_000) {
        spool.write(bytes, start, Math.min(1_000, length - start));
      }
      spool.copyTo(target);
    }

    assertThat(target.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void singleBytes_crossIntoTheFile() throws IOException {
    var target = new ByteArrayOutputStream();
    try (var spool = new Spool()) {
      spool.write(new byte[256 * 1024]);
      spool.write('x');
      spool.write('y');
      spool.copyTo(target);
    }

    assertThat(target.toByteArray()).hasSize(256 * 1024 + 2).endsWith('x', 'y');
  }

  @Test
  void file_isThereWhileNeededAndGoneAfterwards() throws IOException {
    long before = files();
    try (var spool = new Spool()) {
      spool.write(new byte[300 * 1024]);
      assertThat(files()).isEqualTo(before + 1);
    }

    assertThat(files()).isEqualTo(before);
  }

  private static long files() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("sluice-batch-"))
          .count();
    }
  }
}

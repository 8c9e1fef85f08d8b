package dev.sluice.adapter.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpoolTest {

  private static final int IN_MEMORY = 256 * 1024;

  @TempDir private Path folder;

  private SpoolFolder spools() {
    return new SpoolFolder(folder, 1 << 20, System::nanoTime);
  }

  private static byte[] contentOf(Spool spool) throws IOException {
    var target = new ByteArrayOutputStream();
    spool.finish();
    spool.copyTo(target);
    return target.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 1_000_000})
  void bytes_comeBackAsTheyWere(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    try (var spool = new Spool(spools())) {
      for (int start = 0; start < length; start += 1_000) {
        spool.write(bytes, start, Math.min(1_000, length - start));
      }

      assertThat(contentOf(spool)).isEqualTo(bytes);
    }
  }

  @Test
  void singleBytes_comeBackBehindTheOthers() throws IOException {
    try (var spool = new Spool(spools())) {
      spool.write(new byte[IN_MEMORY], 0, IN_MEMORY);
      spool.write('x');
      spool.write('y');

      assertThat(contentOf(spool)).hasSize(IN_MEMORY + 2).endsWith('x', 'y');
    }
  }

  /// A process that is killed must not leave the file behind.
  @Test
  void file_hasNoNameWhileItIsNeeded() throws IOException {
    try (var spool = new Spool(spools())) {
      spool.write(new byte[2 * IN_MEMORY], 0, 2 * IN_MEMORY);
      spool.finish();

      try (var files = Files.list(folder)) {
        assertThat(files).isEmpty();
      }
      assertThat(contentOf(spool)).hasSize(2 * IN_MEMORY);
    }
  }

  @Test
  void fileThatCannotBeMade_losesTheBytesAndSaysSoOnceASecond() {
    var now = new AtomicLong();
    var missing = new SpoolFolder(folder.resolve("missing"), 1 << 20, now::get);

    try (LogCapture log = LogCapture.start()) {
      for (int round = 0; round < 3; round++) {
        try (var spool = new Spool(missing)) {
          spool.write(new byte[2 * IN_MEMORY], 0, 2 * IN_MEMORY);
          spool.write('x');
          spool.finish();

          assertThat(spool.isLost()).isTrue();
        }
      }

      assertThat(log.messages("cannot write the results")).hasSize(1);
    }
  }

  @Test
  void problem_namesTheFolderThatCannotBeWritten() {
    var missing = new SpoolFolder(folder.resolve("missing"), 1 << 20, System::nanoTime);

    assertThat(missing.problem()).hasValueSatisfying(text -> assertThat(text).contains("missing"));
    assertThat(spools().problem()).isEmpty();
  }

  @Test
  void spools_haveABoundEachAndAllTogether() {
    SpoolFolder spools = spools();
    int bound = 16 << 20;
    byte[] block = new byte[1 << 20];

    try (var one = new Spool(spools);
        var other = new Spool(spools);
        var third = new Spool(spools)) {
      for (int written = 0; written < bound; written += block.length) {
        one.write(block, 0, block.length);
        other.write(block, 0, block.length);
      }
      assertThat(one.isFull()).isFalse();
      one.write(block, 0, block.length);
      third.write(block, 0, block.length);

      assertThat(one.isFull()).isTrue();
      assertThat(third.isFull()).isTrue();
    }
    assertThat(spools.used()).isZero();
  }
}

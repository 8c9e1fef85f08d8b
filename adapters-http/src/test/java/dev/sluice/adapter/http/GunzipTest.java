package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class GunzipTest {

  static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// @param piece most bytes per read
  private static byte[] unpack(byte[] packed, int piece) throws IOException {
    var in =
        new ByteArrayInputStream(packed) {
          @Override
          public int read(byte[] target, int start, int length) {
            return super.read(target, start, Math.min(length, piece));
          }
        };
    try (var unpacked = new Gunzip(in)) {
      return unpacked.readAllBytes();
    }
  }

  @Property(tries = 200)
  void content_comesBackHoweverItArrives(
      @ForAll @Size(max = 3) byte[][] members, @ForAll @IntRange(min = 1, max = 40) int piece)
      throws IOException {
    byte[][] packed = Arrays.stream(members).map(GunzipTest::gzip).toArray(byte[][]::new);
    if (packed.length > 0) {
      assertThat(unpack(joined(packed), piece)).isEqualTo(joined(members));
    }
  }

  @Test
  void optionalPartsOfTheHeader_areSkipped() throws IOException {
    byte[] plain = gzip("x".getBytes(UTF_8));
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 2 | 4 | 8 | 16;
    byte[] more = {2, 0, 9, 9, 'n', 0, 'c', 0, 1, 2};

    byte[] packed = joined(header, more, Arrays.copyOfRange(plain, 10, plain.length));

    assertThat(unpack(packed, 3)).containsExactly('x');
  }

  @Test
  void everyTruncation_isRefused() {
    byte[] packed = gzip("some text that is packed".getBytes(UTF_8));

    for (int length = 0; length < packed.length; length++) {
      byte[] part = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpack(part, 100)).isInstanceOf(ZipException.class);
    }
  }

  @Test
  void bytesBehindTheEnd_areRefused() {
    byte[] packed = joined(gzip("x".getBytes(UTF_8)), "{\"payload\":1}".getBytes(UTF_8));

    assertThatThrownBy(() -> unpack(packed, 100)).isInstanceOf(ZipException.class);
  }

  @Test
  void wrongChecksum_isRefused() {
    byte[] packed = gzip("some text".getBytes(UTF_8));
    packed[packed.length - 6] ^= 1;

    assertThatThrownBy(() -> unpack(packed, 100))
        .isInstanceOf(ZipException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void noise_isRefusedAndNeverFailsOtherwise() throws IOException {
    byte[] content = "some text that is packed".repeat(20).getBytes(UTF_8);
    byte[] packed = gzip(content);
    var random = new Random(1);

    for (int round = 0; round < 2_000; round++) {
      byte[] noisy = packed.clone();
      noisy[10 + random.nextInt(noisy.length - 10)] ^= (byte) (1 << random.nextInt(8));
      assertThat(unpackedOr(noisy, content)).isEqualTo(content);
    }
  }

  /// Decompresses, or returns `whenRefused` for invalid gzip: changed padding bits in the last byte
  /// have no effect.
  private static byte[] unpackedOr(byte[] packed, byte[] whenRefused) throws IOException {
    try {
      return unpack(packed, 100);
    } catch (ZipException e) {
      return whenRefused;
    }
  }

  @Test
  void contentThatWasAlmostNothing_isRefused() {
    byte[] bomb = gzip(new byte[8 << 20]);

    assertThatThrownBy(() -> unpack(bomb, 8_192))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("200 times");
  }
}

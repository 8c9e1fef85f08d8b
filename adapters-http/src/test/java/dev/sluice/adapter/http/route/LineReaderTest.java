package dev.sluice.adapter.http.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.adapter.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LineReaderTest {

  private static final int MAX = 100;

  private static final LineReader.Memory BOUNDLESS =
      new LineReader.Memory() {
        @Override
        public boolean tryHold(int bytes) {
          return true;
        }

        @Override
        public void arrived() {
          // Ignored.
        }
      };

  /// Returns all lines; `*` for one that is too long.
  private static List<String> read(InputStream in, int maxLine) throws IOException {
    var lines = new LineReader(in, maxLine, 10_000_000, BOUNDLESS);
    List<String> read = new ArrayList<>();
    while (lines.next()) {
      read.add(lines.isTooLong() ? "*" : new String(lines.bytes(), UTF_8));
    }
    return read;
  }

  private static List<String> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(UTF_8)), MAX);
  }

  @Test
  void lines_areCutAtTheirEnds() throws IOException {
    assertThat(read("a\nb\r\n\n \t\r\nc")).containsExactly("a", "b\r", "c");
  }

  @Test
  void nothing_hasNoLines() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("\n\r\n  ")).isEmpty();
  }

  @Test
  void longestLine_isReadAndOneByteMoreIsNot() throws IOException {
    String longest = "x".repeat(MAX);

    assertThat(read(longest + "\n" + longest)).containsExactly(longest, longest);
    assertThat(read("a\n" + longest + "x\nb\n" + longest + "x"))
        .containsExactly("a", "*", "b", "*");
  }

  @Test
  void hugeLine_isLetGo() throws IOException {
    assertThat(read("a\n" + "x".repeat(1_000_000) + "\nb\n")).containsExactly("a", "*", "b");
  }

  @Test
  void linesLongerThanABlock_areRead() throws IOException {
    String line = "x".repeat(200_000);
    var in = new ByteArrayInputStream((line + "\n" + line + "\nend").getBytes(UTF_8));

    assertThat(read(in, 300_000)).containsExactly(line, line, "end");
  }

  @Test
  void longStream_isRefused() {
    var lines =
        new LineReader(
            new ByteArrayInputStream("a\n".repeat(100).getBytes(UTF_8)), MAX, 199, BOUNDLESS);

    assertThatThrownBy(lines::next)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("199");
  }

  @Property(tries = 200)
  void pieces_giveTheSameLinesHoweverTheyCome(
      @ForAll @Size(max = 40) List<@IntRange(max = 150) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 50) int piece)
      throws IOException {
    List<String> expected = new ArrayList<>();
    var text = new StringBuilder();
    for (int length : lengths) {
      text.append("x".repeat(length)).append('\n');
      if (length > 0) {
        expected.add(length > MAX ? "*" : "x".repeat(length));
      }
    }

    assertThat(read(new Pieces(text.toString().getBytes(UTF_8), piece), MAX)).isEqualTo(expected);
  }

  /// Returns a few bytes per read.
  private static final class Pieces extends ByteArrayInputStream {
    private final int piece;

    Pieces(byte[] bytes, int piece) {
      super(bytes);
      this.piece = piece;
    }

    @Override
    public int read(byte[] target, int start, int length) {
      return super.read(target, start, Math.min(length, piece));
    }
  }
}

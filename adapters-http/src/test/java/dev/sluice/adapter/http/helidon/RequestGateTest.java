package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.RequestPermit;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class RequestGateTest {

  private static final String PLAIN = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String SIZED =
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nGET / HTTP/";

  /// A writer that keeps what is written.
  private static final class Written implements DataWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(BufferData... buffers) {
      writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
      bytes.writeBytes(buffer.readBytes());
    }

    @Override
    public void writeNow(BufferData... buffers) {
      Arrays.stream(buffers).forEach(this::write);
    }

    @Override
    public void writeNow(BufferData buffer) {
      write(buffer);
    }
  }

  private static String passed(String sent, Random random, int longest) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    byte[] bytes = sent.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; ) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(bytes, at, next));
      at = next;
    }
    var gate =
        new RequestGate(
            pieces::poll,
            new AnswerWriter(new Written(), RequestPermit.unshared()),
            Optional.empty());
    var passed = new StringBuilder();
    for (byte[] piece = gate.get(); piece != null; piece = gate.get()) {
      passed.append(new String(piece, ISO_8859_1));
    }
    return passed.toString();
  }

  @RepeatedTest(20)
  void requestsInAnyPieces_passUnchanged(RepetitionInfo repetition) {
    String sent = PLAIN + SIZED + SIZED + PLAIN + PLAIN;
    var random = new Random(repetition.getCurrentRepetition());

    assertThat(passed(sent, random, repetition.getCurrentRepetition())).isEqualTo(sent);
  }

  @RepeatedTest(20)
  void chunksInAnyPieces_sayTheSame(RepetitionInfo repetition) {
    String head = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    String sent = head + "5;a\r\nhello\r\n0006\r\n world\r\n0\r\nA: b\r\n\r\n" + PLAIN;
    var random = new Random(repetition.getCurrentRepetition());

    String passed = passed(sent, random, repetition.getCurrentRepetition());

    assertThat(passed).startsWith(head).endsWith("0\r\n\r\n" + PLAIN).doesNotContain("A: b", ";a");
    String chunks = passed.substring(head.length(), passed.length() - PLAIN.length());
    assertThat(chunks.replaceAll("[0-9a-f]+\r\n([a-z ]*)\r\n", "$1")).isEqualTo("hello world");
  }

  @Test
  void oneLargeChunk_isHandedOnAsItArrives() {
    byte[] head =
        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n"
            .getBytes(ISO_8859_1);
    Deque<byte[]> pieces = new ArrayDeque<>(Arrays.asList(head, new byte[100], new byte[50]));
    var gate =
        new RequestGate(
            pieces::poll,
            new AnswerWriter(new Written(), RequestPermit.unshared()),
            Optional.empty());

    assertThat(gate.get()).endsWith('\r', '\n', '\r', '\n');
    assertThat(gate.get()).hasSize("64\r\n".length() + 100 + 2);
    assertThat(gate.get()).hasSize("32\r\n".length() + 50 + 2);
    assertThat(gate.get()).isNull();
  }

  @Test
  void clientThatWaits_isAskedForTheBodyWhenItIsRead() {
    byte[] head =
        "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            .getBytes(ISO_8859_1);
    var written = new Written();
    Deque<byte[]> pieces = new ArrayDeque<>(Arrays.asList(head, "{}".getBytes(ISO_8859_1)));
    var gate =
        new RequestGate(
            pieces::poll, new AnswerWriter(written, RequestPermit.unshared()), Optional.empty());

    gate.get();
    assertThat(written.bytes.size()).isZero();
    assertThat(gate.get()).asString(ISO_8859_1).isEqualTo("{}");
    assertThat(written.bytes.toString(ISO_8859_1)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

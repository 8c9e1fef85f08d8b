package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.IntConsumer;

/// The body of a streamed response; reports the length of each piece before writing it.
final class CountedStream extends OutputStream {

  private final OutputStream target;
  private final IntConsumer onPiece;

  /// @param onPiece receives the length of each piece
  CountedStream(OutputStream target, IntConsumer onPiece) {
    this.target = target;
    this.onPiece = onPiece;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    onPiece.accept(length);
    target.write(bytes, start, length);
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  @Override
  public void close() {
    try {
      target.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the client disconnected", e);
    }
  }
}

package dev.sluice.adapter.http.helidon;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Writes to a channel until it has accepted everything. Used by the connection's thread alone.
final class FullWriter implements DataWriter {

  private static final int BUFFER = 8 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);

  FullWriter(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      writeNow(buffer);
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    try {
      while (!buffer.consumed()) {
        bytes.clear();
        buffer.writeTo(bytes, buffer.available());
        bytes.flip();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

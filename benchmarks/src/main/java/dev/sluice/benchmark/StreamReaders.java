package dev.sluice.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Opens many streams of changes and reads them on one thread until standard input has a line. It
/// discards the data, so that it uses little processor time on the machine of the service.
public final class StreamReaders {

  private static final int CHECK_MS = 100;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
  private int open;
  private long bytes;

  private StreamReaders(Selector selector) {
    this.selector = selector;
  }

  /// Arguments: address of the service, number of clients, query.
  public static void main(String[] arguments) throws IOException {
    URI service = URI.create(arguments[0]);
    int clients = Integer.parseInt(arguments[1]);
    String query = arguments.length > 2 ? arguments[2] : "";
    try (Selector selector = Selector.open()) {
      var readers = new StreamReaders(selector);
      for (int client = 0; client < clients; client++) {
        readers.open(service, query);
      }
      System.out.println("open");
      double seconds = readers.readUntilInput();
      System.out.printf(
          "%d clients at the end, %.1f MB/s to all of them%n",
          readers.open, readers.bytes / seconds / 1e6);
    }
  }

  private void open(URI service, String query) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
    String request = "GET /events/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
    open++;
  }

  /// @return how many seconds it read
  private double readUntilInput() throws IOException {
    long begin = System.nanoTime();
    while (System.in.available() == 0) {
      read();
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void read() throws IOException {
    selector.select(CHECK_MS);
    for (SelectionKey key : selector.selectedKeys()) {
      buffer.clear();
      int read = ((SocketChannel) key.channel()).read(buffer);
      if (read < 0) {
        key.channel().close();
        open--;
      } else {
        bytes += read;
      }
    }
    selector.selectedKeys().clear();
  }
}

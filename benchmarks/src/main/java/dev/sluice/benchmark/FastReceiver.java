package dev.sluice.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// A receiver of webhooks that costs next to nothing: one thread that reads requests up to their
/// length and responds 204, at once or after a fixed delay.
public final class FastReceiver {

  private static final byte[] RESPONSE = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1);
  private static final int MAX_REQUEST = 8 * 1024;
  private static final int BACKLOG = 4_096;

  private final Selector selector;
  private final long delayNanos;

  /// Responses that are due later, in the order of their time.
  private final Queue<Due> due = new ArrayDeque<>();

  private FastReceiver(Selector selector, long delayNanos) {
    this.selector = selector;
    this.delayNanos = delayNanos;
  }

  private record Due(long at, SocketChannel channel) {}

  /// Runs until it is killed.
  ///
  /// @param arguments the port on the loopback address, the delay in milliseconds, and another
  ///   address to listen on, if any
  public static void main(String[] arguments) throws IOException {
    var server = ServerSocketChannel.open();
    // All of 127.0.0.0/8 leads here if the address is the wildcard; a third argument asks for that.
    InetAddress address =
        arguments.length > 2
            ? InetAddress.getByName(arguments[2])
            : InetAddress.getLoopbackAddress();
    server.bind(new InetSocketAddress(address, Integer.parseInt(arguments[0])), BACKLOG);
    server.configureBlocking(false);
    Selector selector = Selector.open();
    server.register(selector, SelectionKey.OP_ACCEPT);
    long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
    System.out.println("receiver on port " + arguments[0]);
    new FastReceiver(selector, delay).run();
  }

  private void run() throws IOException {
    while (selector.isOpen()) {
      selector.select(this::ready, untilDue());
      respondDue();
    }
  }

  /// Returns milliseconds, at least 1; 0 for as long as it takes.
  private long untilDue() {
    Due next = due.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.at() - System.nanoTime()));
  }

  private void respondDue() throws IOException {
    for (Due next = due.peek();
        next != null && next.at() - System.nanoTime() <= 0;
        next = due.peek()) {
      due.remove();
      respond(next.channel());
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept((ServerSocketChannel) key.channel());
      } else {
        read(key);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void accept(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(MAX_REQUEST));
    }
  }

  private void read(SelectionKey key) throws IOException {
    var channel = (SocketChannel) key.channel();
    var buffer = (ByteBuffer) key.attachment();
    if (channel.read(buffer) < 0) {
      channel.close();
      return;
    }
    int end = endOfRequest(buffer);
    if (end > 0 && buffer.position() >= end) {
      buffer.clear();
      if (delayNanos == 0) {
        respond(channel);
      } else {
        due.add(new Due(System.nanoTime() + delayNanos, channel));
      }
    }
  }

  private static void respond(SocketChannel channel) throws IOException {
    if (channel.isOpen()) {
      channel.write(ByteBuffer.wrap(RESPONSE));
    }
  }

  /// Returns where the request ends; 0 while its head is incomplete. A client waits for the
  /// response before it sends the next one.
  private static int endOfRequest(ByteBuffer buffer) {
    String text = ISO_8859_1.decode(buffer.duplicate().flip()).toString();
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return 0;
    }
    String lower = text.substring(0, head).toLowerCase(Locale.ROOT);
    int length = lower.indexOf("content-length:");
    if (length < 0) {
      return head + 4;
    }
    int begin = length + "content-length:".length();
    int end = lower.indexOf('\r', begin);
    return head
        + 4
        + Integer.parseInt(lower.substring(begin, end < 0 ? lower.length() : end).strip());
  }
}

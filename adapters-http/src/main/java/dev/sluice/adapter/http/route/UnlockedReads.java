package dev.sluice.adapter.http.route;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Lock;

/// Releases a lock while a read waits. The reading thread holds it at all other times.
final class UnlockedReads extends FilterInputStream {

  private final Lock lock;

  UnlockedReads(InputStream in, Lock lock) {
    super(in);
    this.lock = lock;
  }

  @Override
  public int read() throws IOException {
    lock.unlock();
    try {
      return in.read();
    } finally {
      lock.lock();
    }
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    lock.unlock();
    try {
      return in.read(target, start, length);
    } finally {
      lock.lock();
    }
  }
}

package dev.sluice.adapter.jdbc;

import java.util.concurrent.ThreadFactory;

/// The threads that the server makes for the storage.
public final class StorageThreads {

  public static final ThreadFactory FACTORY = Thread.ofPlatform().daemon().factory();

  private StorageThreads() {}
}

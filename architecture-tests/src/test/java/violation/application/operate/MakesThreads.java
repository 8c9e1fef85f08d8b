package violation.application.operate;

import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/// Creates threads outside the work engine.
public final class MakesThreads {

  final Thread.Builder virtual = Thread.ofVirtual();
  final Thread.Builder platform = Thread.ofPlatform();
  final Function<Runnable, Thread> started = Thread::startVirtualThread;
  final Function<Runnable, Thread> plain = Thread::new;
  final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  final ExecutorService pool = new ForkJoinPool();
  final Timer timer = new Timer();

  static final class OwnThread extends Thread {}
}

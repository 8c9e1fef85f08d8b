package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Theme;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/// Starts the toolkit without a display and runs code on its thread.
public final class Fx {

  private static boolean begun;

  private Fx() {}

  /// Starts the toolkit once for all tests.
  static synchronized void begin() {
    if (begun) {
      return;
    }
    var ready = new CountDownLatch(1);
    try {
      Platform.startup(ready::countDown);
    } catch (IllegalStateException already) {
      ready.countDown();
    }
    Platform.setImplicitExit(false);
    try {
      if (!ready.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the toolkit did not start");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    run(Theme::loadFonts);
    begun = true;
  }

  /// Runs code on the toolkit's thread and waits for the result.
  public static <T> T get(Callable<T> work) {
    if (Platform.isFxApplicationThread()) {
      return here(work);
    }
    var task = new FutureTask<T>(work);
    Platform.runLater(task);
    try {
      return task.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException wrong) {
      if (wrong.getCause() instanceof Error error) {
        throw error;
      }
      throw new AssertionError(wrong.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("the toolkit's thread is busy", late);
    }
  }

  private static <T> T here(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  public static void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }

  /// Waits until the toolkit has run all deferred work.
  static void settle() {
    for (int round = 0; round < 3; round++) {
      run(() -> {});
    }
  }
}

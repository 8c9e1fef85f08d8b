package dev.sluice.server;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/// Handles SIGHUP. Log rotation and service managers send it to make a program reread its files; by
/// default it would end the JVM.
final class Hangup {

  private Hangup() {}

  /// Makes the signal log a line instead of ending the process. Nothing has to be reread:
  /// certificates and keys are reloaded as soon as they change, and logs go to standard error.
  static void survive(System.Logger log) {
    try {
      // The JDK has no other API for signals, and the compiler's warning about this one cannot be
      // suppressed: hence reflection.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours = loggingHandler(handler, log);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException e) {
      // Windows has no such signal.
      log.log(Level.DEBUG, "SIGHUP keeps its default action", e);
    }
  }

  private static Object loggingHandler(Class<?> handler, System.Logger log) {
    return Proxy.newProxyInstance(
        handler.getClassLoader(),
        new Class<?>[] {handler},
        (_, method, _) -> {
          if (method.getName().equals("handle")) {
            say(log);
            return null;
          }
          // Never called: the JDK looks handlers up by signal.
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static void say(System.Logger log) {
    log.log(
        Level.INFO,
        "SIGHUP ignored: the certificate and keys are reloaded when they change, other settings at"
            + " the next start");
  }
}

package dev.sluice.server;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/// What SIGHUP does. Programs that look after logs and services send it to have files read again;
/// left to itself the JVM would end.
final class Hangup {

  private Hangup() {}

  /// From now on the signal is logged and ends nothing. There is nothing to do: certificates and
  /// keys are read again as soon as they change, and logs go to standard error.
  static void survive(System.Logger log) {
    try {
      // The JDK has no other way to hear a signal, and the compiler warns of this one without leave
      // to say no: so it is called by name.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  say(log);
                  return null;
                }
                // Nobody asks for more: the JDK keeps handlers by signal.
                throw new UnsupportedOperationException(method.getName());
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException e) {
      // Windows has no such signal.
      log.log(Level.DEBUG, "SIGHUP is left to the system", e);
    }
  }

  private static void say(System.Logger log) {
    log.log(
        Level.INFO,
        "SIGHUP: nothing to do; the certificate and keys are read again when they change, other"
            + " settings at the next start");
  }
}

package dev.sluice.admin.poll;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.Fault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Where things are done: requests on one side, what they change on the other.
///
/// @param work runs what may block
/// @param screen runs what models and views change, one task after the other
/// @param chance spreads repetitions
public record Lanes(Executor work, Executor screen, Timer timer, RandomGenerator chance) {

  private static final Logger LOG = System.getLogger(Lanes.class.getName());

  /// Does something that may block, and tells the screen how it went: one of both consumers is
  /// called, once, on the screen's thread.
  public <T> void ask(Supplier<T> question, Consumer<T> answered, Consumer<Fault> failed) {
    work.execute(
        () -> {
          T answer;
          try {
            answer = question.get();
          } catch (ApiException wrong) {
            screen.execute(() -> failed.accept(wrong.fault()));
            return;
          } catch (RuntimeException wrong) {
            // A mistake of this program must show on the screen too, or the request would seem to
            // be under way for ever.
            // Without the exception's message, which may quote a key.
            LOG.log(Level.ERROR, "a request could not be made: {0}", place(wrong));
            screen.execute(
                () ->
                    failed.accept(
                        new Fault.Garbage("a mistake in the console; its log says where")));
            return;
          }
          screen.execute(() -> answered.accept(answer));
        });
  }

  private static String place(RuntimeException wrong) {
    StackTraceElement[] trace = wrong.getStackTrace();
    return wrong.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}

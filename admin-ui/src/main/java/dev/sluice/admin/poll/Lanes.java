package dev.sluice.admin.poll;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.Fault;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Executors of the console: one for requests, one for the changes that they cause.
///
/// @param work runs tasks that may block
/// @param screen runs changes of models and views, one after the other
/// @param chance randomness for retry delays
public record Lanes(Executor work, Executor screen, Timer timer, RandomGenerator chance) {

  private static final Logger LOG = System.getLogger(Lanes.class.getName());

  /// Runs a blocking task and reports its result on the screen's thread: exactly one of the two
  /// consumers is called, once.
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
            // An error in the console must reach the screen too; otherwise the request would seem
            // to be in progress forever. The log omits the exception's message, which can quote a
            // key.
            LOG.log(Level.ERROR, "an error in the console made a request fail: {0}", place(wrong));
            screen.execute(
                () ->
                    failed.accept(
                        new Fault.Garbage("internal error in the console; see the console's log")));
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

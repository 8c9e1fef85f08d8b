package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.model.EventAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Runs an action on the selected events, one after the other, each by its id.
///
/// Skips events that changed in the meantime. Any other failure ends the run and leaves the
/// remaining events unchanged.
public final class SelectionRun {

  private final Session session;
  private final EventAction eventAction;
  private final Deque<String> left;
  private final Set<String> withoutFailed;
  private final int all;
  private final ReadOnlyObjectWrapper<Progress> progress;
  private boolean stopped;

  /// Progress of the run.
  ///
  /// @param skipped ids of skipped events, with the reason
  /// @param ended how the run ended; empty while it continues
  public record Progress(int all, int done, List<String> skipped, Optional<String> ended) {

    /// Returns the finished share, from 0 to 1.
    public double share() {
      return all == 0 ? 1 : (double) (done + skipped.size()) / all;
    }

    public boolean isRunning() {
      return ended.isEmpty();
    }
  }

  /// @param withoutFailed ids of events that have no failed delivery, as the list showed them:
  ///   their replay means all deliveries
  SelectionRun(
      Session session, EventAction eventAction, Collection<String> ids, Set<String> withoutFailed) {
    this.session = session;
    this.eventAction = eventAction;
    this.left = new ArrayDeque<>(ids);
    this.withoutFailed = Set.copyOf(withoutFailed);
    this.all = ids.size();
    this.progress = new ReadOnlyObjectWrapper<>(new Progress(all, 0, List.of(), Optional.empty()));
  }

  public EventAction action() {
    return eventAction;
  }

  /// Progress of the run.
  public ReadOnlyObjectProperty<Progress> progress() {
    return progress.getReadOnlyProperty();
  }

  /// Starts the run.
  public void start() {
    next();
  }

  /// Stops after the current event.
  public void stop() {
    stopped = true;
  }

  private void next() {
    String id = left.poll();
    if (id == null) {
      end("done");
    } else if (stopped) {
      end("stopped");
    } else {
      session.ask(() -> outcome(id), skipped -> count(skipped), fault -> end(fault.sentence()));
    }
  }

  /// @return why the event was skipped; empty if it was not
  private Optional<String> outcome(String id) {
    try {
      eventAction.doTo(id, !withoutFailed.contains(id), session.client());
      return Optional.empty();
    } catch (ApiException wrong) {
      Fault fault = wrong.fault();
      if (fault.isConflict() || fault.isMissing()) {
        return Optional.of(id + ": " + fault.sentence());
      }
      throw wrong;
    }
  }

  private void count(Optional<String> skipped) {
    Progress now = progress.get();
    List<String> reasons = new ArrayList<>(now.skipped);
    skipped.ifPresent(reasons::add);
    int done = skipped.isEmpty() ? now.done + 1 : now.done;
    progress.set(new Progress(all, done, List.copyOf(reasons), Optional.empty()));
    next();
  }

  private void end(String why) {
    Progress now = progress.get();
    progress.set(new Progress(all, now.done, now.skipped, Optional.of(why)));
  }
}

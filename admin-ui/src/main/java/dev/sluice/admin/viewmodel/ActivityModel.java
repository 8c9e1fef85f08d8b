package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ActivityEntry;
import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Model of the activity screen: the activity log and bulk jobs.
public final class ActivityModel implements ScreenLifecycle {

  private static final Duration PACE = Duration.ofSeconds(5);
  private static final int PAGE = 100;

  private final Session session;
  private final Consumer<Notice> notices;
  private final ObservableList<ActivityEntry> entries = FXCollections.observableArrayList();
  private final Polled<Page<ActivityEntry>> newest;
  private final ReadOnlyObjectWrapper<String> verdict = new ReadOnlyObjectWrapper<>("");
  private Optional<String> next = Optional.empty();
  private boolean loading;
  private int generation;

  ActivityModel(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    this.newest = session.polled(PACE, () -> session.client().activity(Optional.empty(), PAGE));
    newest
        .value()
        .addListener(
            (_, _, page) -> {
              if (page != null) {
                takeIn(page);
              }
            });
  }

  /// Adds new entries at the top; existing entries never change.
  private void takeIn(Page<ActivityEntry> page) {
    if (entries.isEmpty()) {
      entries.setAll(page.items());
      next = page.next();
      return;
    }
    long known = entries.getFirst().number();
    List<ActivityEntry> fresh =
        page.items().stream().filter(entry -> entry.number() > known).toList();
    if (fresh.size() == page.items().size()) {
      entries.setAll(page.items());
      next = page.next();
      // An older page in progress would leave a gap after these entries.
      generation++;
      loading = false;
    } else {
      entries.addAll(0, fresh);
    }
  }

  /// Loads older entries, if there are any.
  public void loadMore() {
    if (loading || next.isEmpty()) {
      return;
    }
    loading = true;
    Optional<String> from = next;
    int asked = generation;
    session.ask(
        () -> session.client().activity(from, PAGE),
        page -> {
          if (asked != generation) {
            return;
          }
          loading = false;
          long oldest = entries.isEmpty() ? Long.MAX_VALUE : entries.getLast().number();
          entries.addAll(page.items().stream().filter(entry -> entry.number() < oldest).toList());
          next = page.next();
        },
        _ -> loading = false);
  }

  /// Returns the entries of the activity log, newest first.
  public ObservableList<ActivityEntry> entries() {
    return entries;
  }

  /// Returns the newest page, which is polled.
  public Polled<Page<ActivityEntry>> newest() {
    return newest;
  }

  /// Returns the bulk jobs, newest first.
  public Polled<List<BulkJob>> jobs() {
    return session.jobs();
  }

  /// Returns the result of the last verification of the log; empty before the first.
  public ReadOnlyObjectProperty<String> verdict() {
    return verdict.getReadOnlyProperty();
  }

  /// Lets the service verify that the activity log was not changed.
  public void verify() {
    verdict.set("verifying …");
    session.ask(
        () -> session.client().verifyActivity(),
        check ->
            verdict.set(
                check.intact()
                    ? "intact: all " + check.entries() + " entries are unchanged"
                    : "BROKEN at entry " + check.brokenAt() + ": the log was changed"),
        fault -> verdict.set("could not verify the log: " + fault.sentence()));
  }

  /// Stops a bulk job; events that it processed stay processed.
  public void stop(BulkJob job) {
    if (!session.mayOperate()) {
      return;
    }
    session.ask(
        () -> session.client().stop(job.id()),
        _ -> {
          notices.accept(new Notice(Notice.Kind.DONE, job.id() + " stopped"));
          session.jobs().refresh();
        },
        fault -> notices.accept(new Notice(Notice.Kind.FAILED, fault.sentence())));
  }

  @Override
  public void show() {
    newest.show();
  }

  @Override
  public void hide() {
    newest.hide();
  }

  @Override
  public void refresh() {
    newest.refresh();
    session.jobs().refresh();
  }

  @Override
  public Optional<Instant> asOf() {
    return newest.asOf().get();
  }

  @Override
  public void close() {
    newest.close();
  }
}

package dev.sluice.admin.view;

import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.events.EventView;
import dev.sluice.admin.view.events.EventsView;
import dev.sluice.admin.view.events.ListScreen;
import dev.sluice.admin.view.subscription.PauseDialog;
import dev.sluice.admin.viewmodel.Command;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.EventModel;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The commands that are available everywhere, with their keys.
///
/// Event actions apply to the open event. They apply to the selected events only if no event is
/// open or several are selected; a dialog then lists them first.
final class Commands {

  private final ConsoleView view;
  private final Console console;
  private final List<Command> all = new ArrayList<>();

  Commands(ConsoleView view, Console console) {
    this.view = view;
    this.console = console;
    addScreens();
    addWindow();
    addEvent();
    addTabs();
    addLists();
    addEvents();
    addWork();
    addAppearance();
  }

  private static boolean always() {
    return true;
  }

  List<Command> all() {
    return List.copyOf(all);
  }

  private void add(String id, String title, String keys, BooleanSupplier enabled, Runnable action) {
    all.add(new Command(id, title, keys, enabled, action));
  }

  private void addScreens() {
    for (Screen screen : Screen.values()) {
      add(
          "show-" + screen.name(),
          "Go to " + screen.title(),
          "Shortcut+" + screen.digit(),
          Commands::always,
          () -> console.show(screen));
    }
  }

  private void addWindow() {
    add("palette", "Find a command", "Shortcut+K", Commands::always, view::openPalette);
    add("keys", "Show keyboard shortcuts", "F1", Commands::always, view::openKeys);
    add("keys-2", "Show keyboard shortcuts (alternate key)", "?", Commands::always, view::openKeys);
    add("refresh", "Refresh now", "F5", Commands::always, console::refresh);
    add(
        "live",
        "Pause or resume live updates",
        "Space",
        Commands::always,
        () -> console.live().set(!console.live().get()));
    add("profile", "Choose a profile", "Shortcut+P", Commands::always, view::openProfiles);
    add(
        "dismiss",
        "Dismiss all messages",
        "Backspace",
        () -> !console.notices().isEmpty(),
        () -> console.notices().clear());
    add(
        "close",
        "Close the event, page or form",
        "Esc",
        () -> models().isPresent(),
        view::closeTop);
  }

  private void addEvent() {
    add("replay", "Replay", "R", () -> can(EventAction.REPLAY), () -> act(EventAction.REPLAY));
    add("edit", "Edit and replay", "E", this::canEdit, () -> onOpen(EventView::editAndReplay));
    add(
        "reschedule",
        "Reschedule",
        "L",
        () -> open().map(event -> event.model().canReschedule()).orElse(false),
        () -> onOpen(EventView::reschedule));
    add("cancel", "Cancel", "C", () -> can(EventAction.CANCEL), () -> act(EventAction.CANCEL));
    add("discard", "Discard", "D", () -> can(EventAction.DISCARD), () -> act(EventAction.DISCARD));
    add(
        "curl",
        "Copy as curl",
        "Shortcut+Shift+C",
        () -> open().isPresent(),
        () -> onOpen(event -> view.copyCurl(event.model())));
  }

  private void addTabs() {
    List<String> ofEvent = List.of("timeline", "payload", "response");
    for (int tab = 0; tab < ofEvent.size(); tab++) {
      int number = tab;
      add(
          "event-tab-" + number,
          "Show the " + ofEvent.get(number),
          Integer.toString(number + 1),
          () -> open().isPresent(),
          () -> onOpen(event -> event.showTab(number)));
    }
    List<String> ofActivity = List.of("Operator actions", "Bulk jobs");
    for (int tab = 0; tab < ofActivity.size(); tab++) {
      int number = tab;
      add(
          "activity-tab-" + number,
          ofActivity.get(number),
          Integer.toString(number + 1),
          () -> models().flatMap(SessionView::activity).isPresent(),
          () -> models().flatMap(SessionView::activity).ifPresent(view -> view.showTab(number)));
    }
  }

  private void addLists() {
    BooleanSupplier onList = () -> list().isPresent();
    BooleanSupplier onRows = () -> rows().isPresent();
    add("query", "Type a query", "Shortcut+F", onRows, () -> onRows(RowScreen::focusQuery));
    add(
        "query-2",
        "Type a query (alternate key)",
        "/",
        onRows,
        () -> onRows(RowScreen::focusQuery));
    add("down", "Next row", "J", onRows, () -> onRows(rows -> rows.step(1)));
    add(
        "mark",
        "Select or deselect the row",
        "X",
        onList,
        () -> list().ifPresent(screen -> screen.list().toggleMark()));
    add("up", "Previous row", "K", onRows, () -> onRows(rows -> rows.step(-1)));
    add(
        "new-rows",
        "Show new events",
        "N",
        onList,
        () -> list().ifPresent(screen -> screen.events().list().showWaiting()));
    add(
        "replay-all",
        "Replay all matching",
        "Shift+R",
        () -> onList.getAsBoolean() && mayOperate(),
        () -> list().ifPresent(screen -> screen.onAll(EventAction.REPLAY)));
    add(
        "discard-all",
        "Discard all matching",
        "Shift+D",
        () -> onList.getAsBoolean() && mayOperate(),
        () -> list().ifPresent(screen -> screen.onAll(EventAction.DISCARD)));
  }

  private void addEvents() {
    add(
        "export",
        "Export matching events",
        "Shortcut+E",
        () -> list().isPresent(),
        () -> list().ifPresent(screen -> view.export(screen.events().filter())));
    add(
        "send",
        "Send an event",
        "Shortcut+N",
        () -> models().isPresent(),
        () -> events(EventsView::send));
    add(
        "save-view",
        "Save the query as a view",
        "Shortcut+S",
        () -> console.screen().get() == Screen.EVENTS && list().isPresent(),
        () -> events(EventsView::saveView));
  }

  private void addWork() {
    add(
        "pause-processing",
        "Pause or resume all processing",
        "Shift+P",
        () -> isListOfSubscriptions() && mayOperate(),
        () -> models().ifPresent(Commands::pauseOrResume));
  }

  private boolean isListOfSubscriptions() {
    return console.screen().get() == Screen.SUBSCRIPTIONS && rows().isPresent();
  }

  private static void pauseOrResume(SessionView models) {
    SubscriptionsModel model = models.place().models().subscriptions();
    model
        .processing()
        .last()
        .ifPresent(
            processing -> {
              if (processing.paused() == null) {
                PauseDialog.open(models.place(), model, Optional.empty());
              } else {
                model.resume(Optional.empty());
              }
            });
  }

  private void addAppearance() {
    add(
        "theme",
        "Switch between light and dark",
        "Shortcut+Shift+T",
        Commands::always,
        () -> TopBar.toggle(console));
    add("larger", "Larger text", "Shortcut+PLUS", Commands::always, () -> resize(1));
    add("smaller", "Smaller text", "Shortcut+MINUS", Commands::always, () -> resize(-1));
  }

  private void resize(int by) {
    console.settings().change(before -> before.withFontSize(before.fontSize() + by));
  }

  private Optional<SessionView> models() {
    return view.models();
  }

  private Optional<EventView> open() {
    return models().flatMap(SessionView::open);
  }

  private Optional<ListScreen> list() {
    return models().flatMap(SessionView::listScreen);
  }

  private Optional<RowScreen> rows() {
    return models().flatMap(SessionView::rows);
  }

  private void onRows(Consumer<RowScreen> action) {
    rows().ifPresent(action);
  }

  private void onOpen(Consumer<EventView> action) {
    open().ifPresent(action);
  }

  private void events(Consumer<EventsView> action) {
    models().ifPresent(models -> action.accept(models.events()));
  }

  private boolean mayOperate() {
    return console.models().get().map(models -> models.session().mayOperate()).orElse(false);
  }

  private int marked() {
    return list().map(screen -> screen.events().selection().get().size()).orElse(0);
  }

  private boolean isAboutMarked() {
    return marked() > 1 || (open().isEmpty() && marked() == 1);
  }

  private boolean can(EventAction eventAction) {
    return mayOperate()
        && (isAboutMarked() || open().map(event -> event.model().can(eventAction)).orElse(false));
  }

  private boolean canEdit() {
    return mayOperate() && open().map(EventView::model).flatMap(Commands::payload).isPresent();
  }

  private static Optional<String> payload(EventModel model) {
    return model.detail().last().flatMap(event -> Optional.ofNullable(event.payload()));
  }

  private void act(EventAction eventAction) {
    if (isAboutMarked()) {
      list().ifPresent(screen -> screen.onMarked(eventAction));
    } else {
      onOpen(event -> event.act(eventAction));
    }
  }
}

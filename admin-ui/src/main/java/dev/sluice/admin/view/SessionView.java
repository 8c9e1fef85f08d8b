package dev.sluice.admin.view;

import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.view.events.DeadLettersView;
import dev.sluice.admin.view.events.EventView;
import dev.sluice.admin.view.events.EventsView;
import dev.sluice.admin.view.events.ListScreen;
import dev.sluice.admin.view.operate.ActivityView;
import dev.sluice.admin.view.operate.LinkPane;
import dev.sluice.admin.view.operate.NodesView;
import dev.sluice.admin.view.overview.OverviewView;
import dev.sluice.admin.view.schedule.SchedulesView;
import dev.sluice.admin.view.settings.SettingsView;
import dev.sluice.admin.view.subscription.LanesView;
import dev.sluice.admin.view.subscription.SubscriptionsView;
import dev.sluice.admin.viewmodel.EventModel;
import dev.sluice.admin.viewmodel.Link;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.Session;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The screens of one session, with the open event beside them.
final class SessionView extends BorderPane {

  private static final PseudoClass OLD = PseudoClass.getPseudoClass("old");
  private static final double DRAWER = 500;
  private static final double NARROW_DRAWER = 420;

  private final ViewContext at;
  private final Session session;
  private final StackPane stage = new StackPane();
  private final LinkPane link;
  private final Map<Screen, Parent> screens = new EnumMap<>(Screen.class);
  private Optional<EventView> open = Optional.empty();

  SessionView(ViewContext at) {
    this.at = at;
    this.session = at.models().session();
    this.link = new LinkPane(at);
    stage.getStyleClass().add("stage");
    setTop(new Banner(session, at.times()));
    setCenter(stage);
    session.link().addListener((_, _, _) -> showScreen());
    WeakListeners.listen(this, at.console().screen(), this::showScreen);
    WeakListeners.listen(this, at.times().second(), this::showLinkAgain);
    at.models().open().addListener((_, _, now) -> showEvent(now));
    showScreen();
    showEvent(at.models().open().get());
  }

  private void showScreen() {
    Screen screen = at.console().screen().get();
    boolean hasData = session.lastAnswer().isPresent() && session.meta().get() != null;
    boolean covered = screen != Screen.SETTINGS && LinkPane.covers(session.link().get(), hasData);
    if (covered) {
      link.show(session.link().get());
    }
    Parent wanted = covered ? link : screens.computeIfAbsent(screen, this::make);
    if (stage.getChildren().isEmpty() || !stage.getChildren().getFirst().equals(wanted)) {
      stage.getChildren().setAll(wanted);
    }
    boolean old = !session.link().get().isLive() && screen != Screen.SETTINGS;
    stage.pseudoClassStateChanged(OLD, old && !covered);
  }

  /// Updates the countdown to the next retry.
  private void showLinkAgain() {
    if (stage.getChildren().contains(link) && !(session.link().get() instanceof Link.Connecting)) {
      link.show(session.link().get());
    }
  }

  private Parent make(Screen screen) {
    return switch (screen) {
      case OVERVIEW -> new OverviewView(at);
      case EVENTS -> new EventsView(at);
      case DEAD_LETTERS -> new DeadLettersView(at);
      case SUBSCRIPTIONS -> new SubscriptionsView(at);
      case LANES -> new LanesView(at);
      case SCHEDULES -> new SchedulesView(at);
      case NODES -> new NodesView(at);
      case ACTIVITY -> new ActivityView(at);
      case SETTINGS -> new SettingsView(at.console(), at.overlay());
    };
  }

  private void showEvent(Optional<EventModel> model) {
    Node before = getRight();
    open = model.map(event -> new EventView(at, event));
    setRight(open.orElse(null));
    open.ifPresent(this::fitDrawer);
    if (before != null && model.isEmpty()) {
      listScreen().ifPresent(screen -> screen.list().focusRows());
    }
  }

  private void fitDrawer(VBox drawer) {
    drawer
        .prefWidthProperty()
        .bind(widthProperty().map(width -> width.doubleValue() < 1_150 ? NARROW_DRAWER : DRAWER));
    drawer.setMinWidth(0);
  }

  /// Returns the view of the open event.
  Optional<EventView> open() {
    return open;
  }

  /// Returns the current screen if it has a list of events.
  Optional<ListScreen> listScreen() {
    return shown().filter(ListScreen.class::isInstance).map(ListScreen.class::cast);
  }

  /// Returns the current list of rows, if the screen has one.
  Optional<RowScreen> rows() {
    return shown()
        .flatMap(
            screen ->
                switch (screen) {
                  case RowScreen rows -> Optional.of(rows);
                  case SubscriptionsView view -> view.rows();
                  default -> Optional.empty();
                });
  }

  /// Leaves what lies over the list of subscriptions.
  ///
  /// @return whether there was something
  boolean back() {
    return shown()
        .filter(SubscriptionsView.class::isInstance)
        .map(SubscriptionsView.class::cast)
        .map(SubscriptionsView::back)
        .orElse(false);
  }

  private Optional<Parent> shown() {
    return Optional.ofNullable(screens.get(at.console().screen().get()))
        .filter(stage.getChildren()::contains);
  }

  /// Shows the events screen and returns it.
  EventsView events() {
    at.console().show(Screen.EVENTS);
    return (EventsView) screens.computeIfAbsent(Screen.EVENTS, this::make);
  }

  /// Returns the activity screen if it is the current one.
  Optional<ActivityView> activity() {
    return shown().filter(ActivityView.class::isInstance).map(ActivityView.class::cast);
  }

  ViewContext place() {
    return at;
  }
}

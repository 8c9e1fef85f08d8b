package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Target;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Preferences;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.model.SettingsStore;
import dev.sluice.admin.poll.Lanes;
import dev.sluice.admin.poll.Tempo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Root model of the console: the current session, the current screen and the messages over it.
public final class Console {

  /// Stands for an interval of zero in a [Tempo], which needs one.
  private static final Duration SELDOM = Duration.ofHours(1);

  private static final int NOTICES_KEPT = 3;

  private final Lanes lanes;
  private final Tempo tempo;
  private final SettingsModel settings;
  private final ReadOnlyObjectWrapper<Optional<SessionModels>> models =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Screen> screen = new ReadOnlyObjectWrapper<>(Screen.OVERVIEW);
  private final BooleanProperty live = new SimpleBooleanProperty(true);
  private final ObservableList<Notice> notices = FXCollections.observableArrayList();

  /// Creates a console without a connection.
  public Console(Lanes lanes, SettingsStore store) {
    this.lanes = lanes;
    this.settings = new SettingsModel(store, lanes, this::post);
    this.tempo = new Tempo(interval(settings.preferences().get()));
    live.addListener((_, _, on) -> tempoChanged(settings.preferences().get(), on));
    settings.preferences().addListener((_, _, now) -> tempoChanged(now, live.get()));
    tempoChanged(settings.preferences().get(), true);
  }

  /// Connects to the service at an address, or to the one that was last used.
  public void connect(Optional<String> address) {
    address.ifPresentOrElse(
        this::use, () -> settings.preferences().get().currentProfile().ifPresent(this::use));
  }

  private static Duration interval(Preferences preferences) {
    int seconds = preferences.intervalSeconds();
    return seconds == 0 ? SELDOM : Duration.ofSeconds(seconds);
  }

  private void tempoChanged(Preferences preferences, boolean on) {
    tempo.setInterval(interval(preferences));
    tempo.setLive(on && preferences.intervalSeconds() > 0);
  }

  /// Connects to another service and closes everything of the previous one.
  public void use(Profile profile) {
    models.get().ifPresent(SessionModels::close);
    models.set(Optional.empty());
    tempo.restart();
    Target target;
    try {
      target = Target.of(profile.address(), settings.key(profile));
    } catch (IllegalArgumentException wrong) {
      post(new Notice(Notice.Kind.FAILED, String.valueOf(wrong.getMessage())));
      return;
    }
    settings.change(before -> before.withCurrent(profile.name()));
    var session = new Session(profile, new SluiceClient(target), lanes, tempo);
    var next = new SessionModels(session, this::post);
    models.set(Optional.of(next));
    session.start();
    next.model(screen.get()).ifPresent(ScreenLifecycle::show);
  }

  /// Connects to the service at an address, adding a profile if there is none for it.
  private void use(String address) {
    Preferences now = settings.preferences().get();
    Optional<Profile> known =
        now.profiles().stream().filter(profile -> profile.address().equals(address)).findFirst();
    if (known.isPresent()) {
      use(known.get());
      return;
    }
    var profile = Profile.of(address.replaceFirst("^https?://", ""), address);
    Optional<String> mistake = settings.save("", profile, Optional.empty());
    mistake.ifPresentOrElse(text -> post(new Notice(Notice.Kind.FAILED, text)), () -> use(profile));
  }

  /// Returns the models of the current session; empty without one.
  public ReadOnlyObjectProperty<Optional<SessionModels>> models() {
    return models.getReadOnlyProperty();
  }

  /// Returns the settings.
  public SettingsModel settings() {
    return settings;
  }

  /// Returns the current screen.
  public ReadOnlyObjectProperty<Screen> screen() {
    return screen.getReadOnlyProperty();
  }

  /// Returns whether live updates are on.
  public BooleanProperty live() {
    return live;
  }

  /// Returns the messages shown to the user, newest last.
  public ObservableList<Notice> notices() {
    return notices;
  }

  /// Switches to another screen. Only the current screen polls its data.
  public void show(Screen wanted) {
    if (wanted == screen.get()) {
      return;
    }
    models.get().flatMap(at -> at.model(screen.get())).ifPresent(ScreenLifecycle::hide);
    if (wanted != Screen.EVENTS && wanted != Screen.DEAD_LETTERS) {
      // A key must not act on an event that is no longer beside its list.
      models.get().ifPresent(SessionModels::closeEvent);
    }
    screen.set(wanted);
    models.get().flatMap(at -> at.model(wanted)).ifPresent(ScreenLifecycle::show);
  }

  /// Shows the events that match a query.
  public void showEvents(EventQuery query) {
    models.get().ifPresent(at -> at.events().apply(query));
    show(Screen.EVENTS);
  }

  /// Shows the dead letters of one error group.
  public void showErrorGroup(String fingerprint) {
    showDeadLetters(Optional.of(fingerprint), EventQuery.ALL);
  }

  /// Shows the dead letters that match a query.
  public void showDeadLetters(EventQuery query) {
    showDeadLetters(Optional.empty(), query);
  }

  private void showDeadLetters(Optional<String> fingerprint, EventQuery query) {
    models.get().ifPresent(at -> at.deadLetters().show(fingerprint, query));
    show(Screen.DEAD_LETTERS);
  }

  /// Refreshes everything on the screen now.
  public void refresh() {
    models
        .get()
        .ifPresent(
            at -> {
              at.session().retry();
              at.model(screen.get()).ifPresent(ScreenLifecycle::refresh);
              at.open().get().ifPresent(EventModel::refresh);
            });
  }

  /// Runs a computation off the screen's thread.
  public <T> void beside(Supplier<T> work, Consumer<T> done) {
    lanes.ask(work, done, fault -> post(new Notice(Notice.Kind.FAILED, fault.sentence())));
  }

  /// Records whether the window has the focus.
  public void focused(boolean has) {
    tempo.setFocused(has);
  }

  /// Shows the user a message.
  public void post(Notice notice) {
    if (notices.size() >= NOTICES_KEPT) {
      notices.removeFirst();
    }
    notices.add(notice);
  }

  /// Plans a bulk action on all events that match a filter.
  public Optional<BulkModel> bulk(EventAction eventAction, Filter filter, String scope) {
    return models
        .get()
        .filter(at -> at.session().mayOperate())
        .map(
            at ->
                new BulkModel(
                    at.session(), new BulkTask.OnEvents(eventAction, filter, scope), this::post));
  }

  public void close() {
    models.get().ifPresent(SessionModels::close);
  }
}

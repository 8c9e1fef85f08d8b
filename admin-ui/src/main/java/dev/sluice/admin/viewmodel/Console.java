package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Target;
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

/// The whole console: the service in use, the screen on show, and what is laid over it.
public final class Console {

  /// What an interval of zero means in a tempo that must have one.
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

  /// Connects with nothing yet.
  public Console(Lanes lanes, SettingsStore store) {
    this.lanes = lanes;
    this.settings = new SettingsModel(store, lanes, this::tell);
    this.tempo = new Tempo(interval(settings.preferences().get()));
    live.addListener((_, _, on) -> tempoChanged(settings.preferences().get(), on));
    settings.preferences().addListener((_, _, now) -> tempoChanged(now, live.get()));
    tempoChanged(settings.preferences().get(), true);
  }

  /// Connects with the service at an address, or with the one that was used last.
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

  /// Works with another service. Everything of the one before is let go.
  public void use(Profile profile) {
    models.get().ifPresent(SessionModels::close);
    models.set(Optional.empty());
    tempo.restart();
    Target target;
    try {
      target = Target.of(profile.address(), settings.key(profile));
    } catch (IllegalArgumentException wrong) {
      tell(new Notice(Notice.Kind.FAILED, String.valueOf(wrong.getMessage())));
      return;
    }
    settings.change(before -> before.withCurrent(profile.name()));
    var session = new Session(profile, new SluiceClient(target), lanes, tempo);
    var next = new SessionModels(session, this::tell);
    models.set(Optional.of(next));
    session.start();
    next.model(screen.get()).ifPresent(ScreenLifecycle::show);
  }

  /// Works with a service at an address, which becomes a profile unless it is one.
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
    mistake.ifPresentOrElse(text -> tell(new Notice(Notice.Kind.FAILED, text)), () -> use(profile));
  }

  /// The models of the service in use; empty before there is one.
  public ReadOnlyObjectProperty<Optional<SessionModels>> models() {
    return models.getReadOnlyProperty();
  }

  /// What the user has set.
  public SettingsModel settings() {
    return settings;
  }

  /// The screen on show.
  public ReadOnlyObjectProperty<Screen> screen() {
    return screen.getReadOnlyProperty();
  }

  /// Whether the screen follows what happens.
  public BooleanProperty live() {
    return live;
  }

  /// What the user is told in passing, newest last.
  public ObservableList<Notice> notices() {
    return notices;
  }

  /// Goes to another screen. Only what is on show asks the service.
  public void show(Screen wanted) {
    if (wanted == screen.get()) {
      return;
    }
    models.get().flatMap(at -> at.model(screen.get())).ifPresent(ScreenLifecycle::hide);
    if (wanted != Screen.EVENTS && wanted != Screen.DEAD_LETTERS) {
      // What is not beside its list any more must not be what a key acts on.
      models.get().ifPresent(SessionModels::closeEvent);
    }
    screen.set(wanted);
    models.get().flatMap(at -> at.model(wanted)).ifPresent(ScreenLifecycle::show);
  }

  /// Shows the events of a query.
  public void showEvents(EventQuery query) {
    models.get().ifPresent(at -> at.events().apply(query));
    show(Screen.EVENTS);
  }

  /// Asks for everything on the screen now.
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

  /// Works something out beside the screen's thread.
  public <T> void beside(Supplier<T> work, Consumer<T> done) {
    lanes.ask(work, done, fault -> tell(new Notice(Notice.Kind.FAILED, fault.sentence())));
  }

  /// Whether the window has the keyboard.
  public void focused(boolean has) {
    tempo.setFocused(has);
  }

  /// Tells the user something in passing.
  public void tell(Notice notice) {
    if (notices.size() >= NOTICES_KEPT) {
      notices.removeFirst();
    }
    notices.add(notice);
  }

  /// Plans an action on everything that a filter chooses.
  public Optional<BulkModel> bulk(EventAction eventAction, Filter filter, String scope) {
    return models
        .get()
        .filter(at -> at.session().mayOperate())
        .map(at -> new BulkModel(at.session(), eventAction, filter, scope, this::tell));
  }

  /// Ends.
  public void close() {
    models.get().ifPresent(SessionModels::close);
  }
}

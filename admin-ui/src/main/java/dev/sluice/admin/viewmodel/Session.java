package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Meta;
import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.api.Target;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.model.TypeNames;
import dev.sluice.admin.poll.Lanes;
import dev.sluice.admin.poll.Poller;
import dev.sluice.admin.poll.Tempo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// A connection to one service, from the choice of its profile until another one is chosen.
///
/// Nothing outlives a session: models, responses and requests in progress belong to one session, so
/// that the screen and the actions are always about the same service.
public final class Session {

  /// The features that the console requires, as `/meta` names them.
  private static final List<String> NEEDED =
      List.of("bulk", "error_groups", "explain", "lists_without_payloads", "series", "stats");

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration JOBS = Duration.ofSeconds(5);

  /// How long after the last response the link is stale instead of offline.
  private static final Duration RECENT = Duration.ofSeconds(30);

  private final Profile profile;
  private final SluiceClient client;
  private final Lanes lanes;
  private final Tempo tempo;

  private final ReadOnlyObjectWrapper<Link> link =
      new ReadOnlyObjectWrapper<>(new Link.Connecting());
  private final ReadOnlyObjectWrapper<@Nullable Meta> meta = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Optional<Duration>> requestTime =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Duration> clockSkew =
      new ReadOnlyObjectWrapper<>(Duration.ZERO);

  private final Poller<Meta> heartbeat;
  private final Polled<List<BulkJob>> jobs;
  private Optional<Instant> lastAnswer = Optional.empty();
  private TypeNames types = TypeNames.NONE;
  private boolean closed;

  Session(Profile profile, SluiceClient client, Lanes lanes, Tempo tempo) {
    this.profile = profile;
    this.client = client;
    this.lanes = lanes;
    this.tempo = tempo;
    this.heartbeat = new Poller<>(lanes, tempo, HEARTBEAT, true, client::meta, new Pulse());
    this.jobs = new Polled<>(this, JOBS, false, client::jobs);
  }

  private final class Pulse implements Poller.Listener<Meta> {

    @Override
    public void answered(Meta answer, Duration took) {
      note(took);
      clockSkew.set(Duration.between(now(), answer.serverTime()));
      meta.set(answer);
      link.set(judge(answer));
    }

    @Override
    public void failed(Fault fault, Optional<Instant> next) {
      Optional<Instant> recent =
          lastAnswer.filter(last -> Duration.between(last, now()).compareTo(RECENT) < 0);
      link.set(Link.after(fault, recent, next));
    }
  }

  private static Link judge(Meta answer) {
    List<String> missing =
        NEEDED.stream().filter(feature -> !answer.features().contains(feature)).toList();
    if (!missing.isEmpty()) {
      return new Link.Mismatch(
          "Sluice "
              + answer.version()
              + " lacks "
              + String.join(", ", missing)
              + "; this console needs a newer version");
    }
    return answer.mayLook()
        ? new Link.Live()
        : new Link.Forbidden(
            "the key of “"
                + answer.owner()
                + "” has the role "
                + answer.role()
                + "; the console needs the role viewer");
  }

  void start() {
    heartbeat.show();
    jobs.show();
    // For patterns and completions, whichever screen opens first.
    ask(client::stats, stats -> learn(TypeNames.in(stats)), _ -> {});
  }

  /// Returns the profile of the service.
  public Profile profile() {
    return profile;
  }

  /// Returns the address and the key of the service.
  public Target target() {
    return client.target();
  }

  SluiceClient client() {
    return client;
  }

  Lanes lanes() {
    return lanes;
  }

  Tempo tempo() {
    return tempo;
  }

  Instant now() {
    return lanes.timer().now();
  }

  /// Returns the state of the connection.
  public ReadOnlyObjectProperty<Link> link() {
    return link.getReadOnlyProperty();
  }

  /// Returns version, configuration and permissions; null before the first response.
  public ReadOnlyObjectProperty<@Nullable Meta> meta() {
    return meta.getReadOnlyProperty();
  }

  /// Returns the duration of the last request.
  public ReadOnlyObjectProperty<Optional<Duration>> requestTime() {
    return requestTime.getReadOnlyProperty();
  }

  /// Returns how far the service's clock is ahead of this computer's.
  public ReadOnlyObjectProperty<Duration> clockSkew() {
    return clockSkew.getReadOnlyProperty();
  }

  /// Returns the time of the last response.
  public Optional<Instant> lastAnswer() {
    return lastAnswer;
  }

  /// Returns the bulk jobs, newest first.
  public Polled<List<BulkJob>> jobs() {
    return jobs;
  }

  /// Returns the event types that the service reported.
  public TypeNames types() {
    return types;
  }

  void learn(TypeNames names) {
    types = names;
  }

  /// Whether operator actions are available: neither the profile nor the key's role forbids them.
  public boolean mayOperate() {
    Meta known = meta.get();
    return !profile.readOnly() && known != null && known.mayOperate();
  }

  /// Whether sending events is available.
  public boolean maySend() {
    Meta known = meta.get();
    return !profile.readOnly() && known != null && known.maySend();
  }

  /// Whether subscriptions can be created, changed and deleted.
  public boolean mayAdminister() {
    Meta known = meta.get();
    return !profile.readOnly() && known != null && known.mayAdminister();
  }

  /// Whether subscriptions can be back-filled.
  public boolean mayBackfill() {
    Meta known = meta.get();
    return mayOperate() && known != null && known.canBackfill();
  }

  /// Returns why operator actions are not available; empty if they are.
  public Optional<String> whyNot() {
    return whyNot("operator", Meta::mayOperate);
  }

  /// Returns why [#mayAdminister] is false; empty if it is not.
  public Optional<String> whyNotAdminister() {
    return whyNot("admin", Meta::mayAdminister);
  }

  /// Returns why [#mayBackfill] is false; empty if it is not.
  public Optional<String> whyNotBackfill() {
    Meta known = meta.get();
    return known == null || known.canBackfill()
        ? whyNot()
        : whyNot().or(() -> Optional.of("this service is older and cannot back-fill"));
  }

  private Optional<String> whyNot(String role, Predicate<Meta> may) {
    Meta known = meta.get();
    if (profile.readOnly()) {
      return Optional.of("the profile " + profile.name() + " is read-only");
    }
    if (known == null || may.test(known)) {
      return Optional.empty();
    }
    return Optional.of("the key has the role " + known.role() + "; this requires " + role);
  }

  /// Whether the service is production, so that the user must confirm bulk actions by typing.
  public boolean isProduction() {
    Meta known = meta.get();
    return profile.isProduction() || (known != null && known.environment().equals("prod"));
  }

  /// Retries the connection now. Has no effect after a rejected key, which must be replaced first.
  public void retry() {
    heartbeat.now();
  }

  <T> Polled<T> polled(Duration atLeast, Supplier<T> question) {
    return new Polled<>(this, atLeast, false, question);
  }

  /// Creates a polled value that is also polled while live updates are paused.
  <T> Polled<T> followed(Duration atLeast, Supplier<T> question) {
    return new Polled<>(this, atLeast, true, question);
  }

  /// Sends a request that changes something, says what was done or why not, and reads again what
  /// may have changed.
  ///
  /// @param done what to say when it succeeded
  void change(Runnable request, String done, Consumer<Notice> notices, Runnable refresh) {
    ask(
        () -> {
          request.run();
          return new Notice(Notice.Kind.DONE, done);
        },
        notice -> {
          notices.accept(notice);
          refresh.run();
        },
        fault -> {
          String why = fault.isOutdated() ? "someone else changed it meanwhile" : fault.sentence();
          notices.accept(new Notice(Notice.Kind.FAILED, why));
          refresh.run();
        });
  }

  /// Sends one request. Drops a response that arrives after the session ended.
  <T> void ask(Supplier<T> question, Consumer<T> answered, Consumer<Fault> failed) {
    lanes.ask(
        question,
        answer -> {
          if (!closed) {
            answered.accept(answer);
          }
        },
        fault -> {
          if (!closed) {
            failed.accept(fault);
          }
        });
  }

  private void note(Duration took) {
    lastAnswer = Optional.of(now());
    requestTime.set(Optional.of(took));
  }

  /// Records a successful request: if the service was lost, it may be back.
  void heard(Duration took) {
    note(took);
    if (link.get() instanceof Link.Stale || link.get() instanceof Link.Offline) {
      heartbeat.now();
    }
  }

  /// Records a failed request: the heartbeat finds out whether the whole service is affected.
  void missed(Fault fault) {
    switch (fault) {
      case Fault.Unreachable _ when link.get().isLive() -> heartbeat.now();
      case Fault.KeyRefused(String why) -> link.set(new Link.KeyRefused(why));
      default -> {}
    }
  }

  void close() {
    closed = true;
    heartbeat.close();
    jobs.close();
    client.close();
  }
}

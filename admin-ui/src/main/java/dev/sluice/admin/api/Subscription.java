package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A subscription, or one version of it: which events it takes, where they go, and how they are
/// processed.
///
/// Members that an older service does not send have their usual value.
///
/// @param version number of the version; 0 from a service that keeps none
/// @param state `active`, or `finishing` or `cancelling` while it is being deleted
/// @param origin who manages it: `api`, `file`, or `built_in`
/// @param filter further condition on the events; null for none
/// @param retry null while the service's configuration applies; so are the other policies
/// @param paused null while it runs
/// @param patterns what earlier services called `types`
/// @param handler what earlier services called `destination`
/// @param maxRetries the policy in force, set here or by default; null in a version
/// @param deliveries how many there are; null while unknown, and in a version; so are the next
///   three
/// @param oldestWaitingSeconds how long the oldest waiting delivery has been due; 0 if none is
/// @param ratesPerSecond rates over `1m`
/// @param success share of the deliveries that ended in the last minute and were completed
/// @param blockedLanes how many of its lanes are blocked; null unless it is ordered, from an older
///   service, and in a version
/// @param receiver the state of the receiver of a webhook, as the node that responds sees it
/// @param secret the signing secret that the service made with this change; otherwise null
/// @param others further members, which this console does not know
public record Subscription(
    String name,
    Long version,
    String state,
    String origin,
    @Nullable String changedBy,
    @Nullable Instant changedAt,
    @Nullable String description,
    List<String> types,
    @Nullable JsonText filter,
    Destination destination,
    @Nullable RetryPolicy retry,
    @Nullable String timeout,
    @Nullable Long concurrency,
    @Nullable RateLimit rate,
    @Nullable Pause paused,
    @Nullable List<String> patterns,
    @Nullable String handler,
    @Nullable Integer maxRetries,
    @Nullable Long retryBaseMs,
    @Nullable Long retryCapMs,
    @Nullable Long retryMaxAgeMs,
    @Nullable DeliveryCounts deliveries,
    @Nullable Double oldestWaitingSeconds,
    @Nullable Map<String, Stats.Rates> ratesPerSecond,
    @Nullable Double success,
    @Nullable Long blockedLanes,
    @Nullable Receiver receiver,
    @Nullable String secret,
    @JsonAnySetter Map<String, JsonText> others) {

  private static final String ACTIVE = "active";

  /// Members among the others that the form has fields for.
  private static final Set<String> IN_FORM = Set.of("delay", "ordering");

  public Subscription {
    Required.members("subscription", name);
    version = version == null ? Long.valueOf(0) : version;
    state = state == null ? ACTIVE : state;
    origin = origin == null ? "api" : origin;
    filter = JsonText.NULL.equals(filter) ? null : filter;
    types = List.copyOf(types == null ? Required.member(name, patterns) : types);
    destination =
        destination == null ? Destination.of(Required.member(name, handler)) : destination;
    others = Destination.sorted(others);
  }

  /// Whether new events are routed to it.
  public boolean isActive() {
    return state.equals(ACTIVE);
  }

  /// Whether the service made it, because there is no other subscription.
  public boolean isBuiltIn() {
    return origin.equals("built_in");
  }

  /// Whether a file manages it, so that the API cannot change it.
  public boolean isFromFile() {
    return origin.equals("file");
  }

  /// Returns a member by its name, if there is one.
  Optional<JsonText> other(String name) {
    return Optional.ofNullable(others.get(name));
  }

  /// Returns the further members that the form has no field for.
  public Map<String, JsonText> unknown() {
    var unknown = new TreeMap<>(others);
    unknown.keySet().removeAll(IN_FORM);
    return unknown;
  }

  /// Whether deliveries of events with the same key are processed one after another.
  public boolean isOrdered() {
    return others.containsKey("ordering");
  }

  /// Returns how many of its lanes are blocked, as far as is known.
  public long blocked() {
    return blockedLanes == null ? 0 : blockedLanes;
  }

  /// Whether the service stores subscriptions and their versions.
  public boolean isStored() {
    return version > 0 && !isBuiltIn();
  }

  /// Returns a copy that does not say how the subscription performs, which changes all the time.
  public Subscription withoutFigures() {
    return withOthers(others);
  }

  /// Returns a copy with other unknown members, without figures.
  Subscription withOthers(Map<String, JsonText> unknown) {
    return new Subscription(
        name,
        version,
        state,
        origin,
        changedBy,
        changedAt,
        description,
        types,
        filter,
        destination,
        retry,
        timeout,
        concurrency,
        rate,
        paused,
        patterns,
        handler,
        maxRetries,
        retryBaseMs,
        retryCapMs,
        retryMaxAgeMs,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        unknown);
  }

  /// Returns the rates over the last minute.
  public Optional<Stats.Rates> lastMinute() {
    return Optional.ofNullable(ratesPerSecond).map(rates -> rates.get("1m"));
  }

  /// Returns the shortest and the longest wait before a retry that are in force.
  public Optional<Waits> waits() {
    return retryBaseMs == null || retryCapMs == null
        ? Optional.empty()
        : Optional.of(new Waits(Duration.ofMillis(retryBaseMs), Duration.ofMillis(retryCapMs)));
  }

  /// The upper bounds of the first wait and of every wait.
  public record Waits(Duration base, Duration cap) {}

  /// How failed attempts are retried. Durations are as the service writes them, such as `1s` or
  /// `3d`.
  ///
  /// @param factor by which the wait grows with each retry
  /// @param maxAge no retry starts later than this after the event was received; `0s` for no limit
  /// @param waits the wait before each retry, instead of the number of retries and a backoff
  public record RetryPolicy(
      @Nullable Long maxRetries,
      @Nullable String base,
      @Nullable BigDecimal factor,
      @Nullable String cap,
      @Nullable String maxAge,
      @Nullable List<String> waits) {

    public RetryPolicy {
      waits = waits == null ? null : List.copyOf(waits);
    }
  }

  /// How many attempts may begin, on all nodes together.
  ///
  /// @param burst how many may begin at once after an idle period
  public record RateLimit(@Nullable BigDecimal perSecond, @Nullable Long burst) {}
}

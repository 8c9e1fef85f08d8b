package dev.sluice.admin.api;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.sluice.admin.api.Exchange.Patience;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests that read, store, delete and back-fill subscriptions.
public final class SubscriptionRequests {

  /// Maximum number of subscriptions in a list.
  static final int MOST = 20_000;

  private static final int PAGE = 1_000;
  private static final int TRIES = 3;

  private final Exchange exchange;

  SubscriptionRequests(Exchange exchange) {
    this.exchange = exchange;
  }

  /// What becomes of the unfinished deliveries of a deleted subscription.
  public enum Deliveries {
    CANCEL("cancel"),
    FINISH("finish");

    private final String wireName;

    Deliveries(String wireName) {
      this.wireName = wireName;
    }
  }

  static String path(String name) {
    return "/subscriptions/" + SluiceClient.encode(name);
  }

  /// Returns all subscriptions in the order of their names. The result has a next page if there are
  /// more than the console shows.
  public Page<Subscription> all() {
    List<Subscription> items = new ArrayList<>();
    // Earlier services have no parameters here.
    HttpResponse<byte[]> response = exchange.ask("/subscriptions", Patience.LONG);
    items.addAll(Exchange.readList(response, Subscription.class));
    Optional<String> after = Links.after(response);
    while (after.isPresent() && items.size() < MOST) {
      String more = "?limit=" + PAGE + "&after=" + SluiceClient.encode(after.get());
      response = exchange.ask("/subscriptions" + more, Patience.LONG);
      items.addAll(Exchange.readList(response, Subscription.class));
      after = Links.after(response);
    }
    return new Page<>(items, after);
  }

  /// Returns a subscription with the tag of its version.
  public StoredSubscription find(String name) {
    return stored(exchange.ask(path(name), Patience.USUAL));
  }

  /// Returns a subscription for a change: its unknown members are those of the definition, without
  /// what the service only reports about it.
  public StoredSubscription forChange(String name) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      StoredSubscription found = find(name);
      if (!found.subscription().isStored()) {
        return found;
      }
      Optional<Subscription> newest = versions(name, 1).stream().findFirst();
      if (newest.filter(isVersionOf(found)).isPresent()) {
        return new StoredSubscription(
            found.subscription().withOthers(newest.get().others()), found.tag());
      }
    }
    throw new ApiException(new Fault.Unreachable("the subscription was changed meanwhile"));
  }

  private static java.util.function.Predicate<Subscription> isVersionOf(StoredSubscription found) {
    return version -> version.version().equals(found.subscription().version());
  }

  private static StoredSubscription stored(HttpResponse<byte[]> response) {
    return new StoredSubscription(
        Exchange.read(response, Subscription.class),
        response.headers().firstValue("ETag").orElse(""));
  }

  /// Returns the rates of a subscription over time until now, such as from `-1h` in steps of `10s`.
  public Series series(String name, String from, String step) {
    String query = "?subscription=" + SluiceClient.encode(name) + "&from=" + from + "&step=" + step;
    return exchange.getTagged("subscription-series", "/stats/series" + query, Series.class);
  }

  /// Returns the versions of a subscription, newest first, also of a deleted one.
  public List<Subscription> versions(String name, int limit) {
    return exchange.list(path(name) + "/versions?limit=" + limit, Subscription.class);
  }

  /// Stores a new subscription.
  public StoredSubscription create(SubscriptionDraft draft) {
    return put(draft, Optional.empty(), Map.of(Exchange.IF_NONE_MATCH, "*"));
  }

  /// Replaces a version of a subscription, if it is still the newest.
  public StoredSubscription replace(StoredSubscription before, SubscriptionDraft draft) {
    return put(draft, Optional.of(before.subscription()), unchanged(before));
  }

  /// Tests a definition that is not stored against a stored event. Changes nothing.
  ///
  /// @param before the version that the definition would replace; empty for a new subscription
  public SubscriptionTest test(
      SubscriptionDraft draft, Optional<Subscription> before, String eventId) {
    return test(draft, before, eventId, false);
  }

  /// Sends a stored event once, as a subscription that is not stored would deliver it. Stores
  /// nothing and can take up to 30 seconds.
  ///
  /// @param before the version that the definition would replace; empty for a new subscription
  public SubscriptionTest send(
      SubscriptionDraft draft, Optional<Subscription> before, String eventId) {
    return test(draft, before, eventId, true);
  }

  private SubscriptionTest test(
      SubscriptionDraft draft, Optional<Subscription> before, String eventId, boolean isSent) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("event_id", eventId);
    request.put("definition", new RawValue(new String(draft.json(before), StandardCharsets.UTF_8)));
    if (isSent) {
      request.put("send", true);
    }
    String path = path(draft.testName()) + "/test";
    Patience patience = isSent ? Patience.LONG : Patience.USUAL;
    return Exchange.read(
        exchange.send("POST", path, Optional.of(Json.write(request)), patience),
        SubscriptionTest.class);
  }

  /// Plans deliveries for stored events that have none in a subscription. Changes nothing and can
  /// take up to 30 seconds.
  ///
  /// @param since earliest time at which the events occurred
  /// @param until latest time at which they occurred
  /// @param filter further filter as JSON
  public BulkPlan planBackfill(
      String name, Optional<Instant> since, Optional<Instant> until, Optional<String> filter) {
    Map<String, Object> request = new LinkedHashMap<>();
    since.ifPresent(time -> request.put("since", time.toString()));
    until.ifPresent(time -> request.put("until", time.toString()));
    filter.ifPresent(text -> request.put("filter", new RawValue(text)));
    Optional<byte[]> body = Optional.of(Json.write(request));
    return Exchange.read(
        exchange.send("POST", path(name) + "/backfill", body, Patience.LONG), BulkPlan.class);
  }

  /// Returns the newest attempts of a webhook subscription, newest first.
  ///
  /// @param status only attempts with responses of this class, such as `4xx`; empty for all
  public List<SubscriptionAttempt> attempts(String name, Optional<String> status, int limit) {
    String filter = status.map(some -> "status=" + SluiceClient.encode(some) + "&").orElse("");
    return exchange.list(
        path(name) + "/attempts?" + filter + "limit=" + limit, SubscriptionAttempt.class);
  }

  /// Replaces the signing secret of a webhook subscription with one that the service makes.
  ///
  /// @param grace how long the previous secret signs as well, such as `24h`
  public NewSecret rotateSecret(String name, String grace) {
    Optional<byte[]> body = Optional.of(Json.write(Map.of("grace", grace)));
    return Exchange.read(
        exchange.send("POST", path(name) + "/secret", body, Patience.USUAL), NewSecret.class);
  }

  /// A signing secret that the service made. It is never shown again.
  ///
  /// @param previousUntil when the previous secret no longer signs; null if it no longer does
  public record NewSecret(String secret, @Nullable Instant previousUntil) {

    public NewSecret {
      Required.members("secret", secret);
    }

    /// Omits the secret, because this text can end up in a log.
    @Override
    public String toString() {
      return "NewSecret[previousUntil=" + previousUntil + "]";
    }
  }

  private StoredSubscription put(
      SubscriptionDraft draft, Optional<Subscription> before, Map<String, String> condition) {
    String path = path(draft.text(DraftField.NAME).strip());
    Optional<byte[]> body = Optional.of(draft.json(before));
    return stored(exchange.send("PUT", path, body, condition, Patience.USUAL));
  }

  private static Map<String, String> unchanged(StoredSubscription version) {
    return version.tag().isEmpty() ? Map.of() : Map.of(Exchange.IF_MATCH, version.tag());
  }

  /// Deletes a subscription, if this is still its newest version.
  ///
  /// @param deliveries what becomes of its unfinished deliveries; empty to delete it only if it has
  ///   none
  public StoredSubscription delete(StoredSubscription version, Optional<Deliveries> deliveries) {
    String path = path(version.subscription().name());
    String choice = deliveries.map(what -> "?deliveries=" + what.wireName).orElse("");
    return stored(
        exchange.send(
            "DELETE", path + choice, Optional.empty(), unchanged(version), Patience.USUAL));
  }
}

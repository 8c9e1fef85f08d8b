package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.ResponseCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

/// Reads what receivers answered to attempts, and which attempts are the newest. The script
/// `settle.lua` writes both.
public final class RedisResponses {

  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparingLong(Place::endedAt)
          .thenComparingLong(Place::sequence)
          .thenComparingInt(Place::number)
          .reversed();

  private final Redis redis;

  public RedisResponses(Redis redis) {
    this.redis = redis;
  }

  /// Where an attempt is found, as long as it is stored.
  ///
  /// @param endedAt when it ended, in microseconds
  /// @param sequence of its event
  /// @param number of the attempt
  /// @param id of its event
  public record Place(long endedAt, long sequence, int number, String id) {

    private static Place read(String text) {
      String[] parts = text.split(" ", 4);
      return new Place(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]), parts[3]);
    }
  }

  /// Finds attempts by their places.
  public interface Attempts {

    /// Returns the attempts without their responses, in the same order; empty where one is no
    /// longer stored.
    List<Optional<RecentAttempt>> at(List<Place> places);
  }

  /// Returns the event with the responses to its attempts.
  public EventRecord complete(EventRecord found) {
    String key = key(found.summary().event().id().value());
    Map<String, String> responses = redis.ask(client -> client.hgetAll(key));
    if (responses.isEmpty()) {
      return found;
    }
    List<History> history =
        found.history().stream()
            .map(one -> new History(one.subscription(), complete(one, responses)))
            .toList();
    return new EventRecord(found.summary(), history, found.routedBy());
  }

  private static List<Attempt> complete(History history, Map<String, String> responses) {
    return history.attempts().stream()
        .map(
            attempt ->
                attempt.with(
                    Optional.ofNullable(
                            responses.get(field(history.subscription(), attempt.number())))
                        .flatMap(ResponseCodec::decode)))
        .toList();
  }

  /// Returns the newest attempts of a subscription that have a response.
  ///
  /// @param status only those with a response of this class; all when empty
  public List<RecentAttempt> newest(
      SubscriptionName subscription, Optional<StatusClass> status, int limit, Attempts attempts) {
    List<Place> places = places(subscription, status);
    var newest = new ArrayList<RecentAttempt>();
    for (int from = 0; from < places.size() && newest.size() < limit; from += limit) {
      List<Place> some = places.subList(from, Math.min(places.size(), from + limit));
      newest.addAll(withResponses(subscription, some, attempts.at(some)));
    }
    return newest.subList(0, Math.min(limit, newest.size()));
  }

  private List<Place> places(SubscriptionName subscription, Optional<StatusClass> status) {
    List<StatusClass> classes = status.map(List::of).orElse(Arrays.asList(StatusClass.values()));
    return classes.stream()
        .map(one -> "sluice:attempts:" + one.digit() + ":" + subscription.value())
        .flatMap(key -> redis.ask(client -> client.lrange(key, 0, -1)).stream())
        .map(Place::read)
        .sorted(NEWEST_FIRST)
        .toList();
  }

  private List<RecentAttempt> withResponses(
      SubscriptionName subscription, List<Place> places, List<Optional<RecentAttempt>> attempts) {
    List<Optional<Response>> responses =
        redis.ask(client -> responses(client, subscription, places));
    var complete = new ArrayList<RecentAttempt>();
    for (int index = 0; index < places.size(); index++) {
      Optional<Response> response = responses.get(index);
      if (response.isPresent() && attempts.get(index).isPresent()) {
        RecentAttempt found = attempts.get(index).get();
        complete.add(
            new RecentAttempt(found.event(), found.type(), found.attempt().with(response)));
      }
    }
    return complete;
  }

  private static List<Optional<Response>> responses(
      UnifiedJedis client, SubscriptionName subscription, List<Place> places) {
    var texts = new ArrayList<redis.clients.jedis.Response<String>>(places.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (Place place : places) {
        texts.add(pipeline.hget(key(place.id()), field(subscription, place.number())));
      }
      pipeline.sync();
    }
    return texts.stream()
        .map(text -> Optional.ofNullable(text.get()).flatMap(ResponseCodec::decode))
        .toList();
  }

  private static String key(String id) {
    return "sluice:responses:" + id;
  }

  private static String field(SubscriptionName subscription, int number) {
    return subscription.value() + " " + number;
  }
}

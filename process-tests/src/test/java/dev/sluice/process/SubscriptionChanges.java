package dev.sluice.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// An admin who creates, edits, deletes, pauses and resumes subscriptions at random. Used by one
/// thread, except for [#newestOf].
final class SubscriptionChanges implements AutoCloseable {

  /// The service keeps 100 versions of each subscription.
  private static final int CHANGES_PER_NAME = 20;

  private static final List<String> TYPES =
      List.of("\"*\"", "\"order.*\"", "\"*.paid\"", "\"user.created\",\"invoice.*\"", "\"none\"");
  private static final List<String> FILTERS =
      List.of(
          "null",
          "{\"payload\":{\"amount\":[{\"numeric\":[\">\",100]}]}}",
          "{\"payload\":{\"country\":[\"DE\",\"AT\"]}}",
          "{\"source\":[{\"prefix\":\"sh\"}],\"payload\":{\"fail\":[{\"exists\":false}]}}",
          "{\"$or\":[{\"source\":[\"office\"]},{\"payload\":{\"country\":[{\"anything-but\":\"CH\"}]}}]}");

  private final SplittableRandom random;
  private final List<Client> clients;
  private final List<URI> addresses;
  private final List<String> names;

  /// By address, the newest version that the node reported as stored.
  private final Map<URI, Long> newest = new ConcurrentHashMap<>();

  private final Map<String, Integer> made = new HashMap<>();

  /// @param addresses of nodes; they may be replaced by others with the same addresses
  /// @param count how many changes will be made
  SubscriptionChanges(List<URI> addresses, int count, long seed) {
    this.random = new SplittableRandom(seed);
    this.addresses = addresses;
    this.clients = addresses.stream().map(Client::new).toList();
    this.names =
        IntStream.rangeClosed(0, count / CHANGES_PER_NAME).mapToObj(one -> "s-" + one).toList();
  }

  List<String> names() {
    return names;
  }

  /// Returns the newest version of the set that a node has reported as stored.
  long newestOf(URI address) {
    return newest.getOrDefault(address, 0L);
  }

  /// Returns how many changes of each kind were made.
  Map<String, Integer> made() {
    return made;
  }

  /// Makes one change; tries others while the service refuses them or is away.
  void make() throws InterruptedException {
    while (!attempt()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean attempt() throws InterruptedException {
    String path = "/subscriptions/" + names.get(random.nextInt(names.size()));
    return switch (random.nextInt(8)) {
      case 0, 1 -> isMade("put", "PUT", path, this::definition);
      case 2 -> isMade("types", "PATCH", path, () -> "{\"types\":[" + one(TYPES) + "]}");
      case 3, 4 -> isMade("filter", "PATCH", path, () -> "{\"filter\":" + one(FILTERS) + "}");
      case 5 -> isMade("delete", "DELETE", path + "?deliveries=finish", () -> "");
      case 6 -> isMade("pause", "POST", path + "/pause", () -> "{\"reason\":\"trial\"}");
      default -> isMade("resume", "POST", path + "/resume", () -> "");
    };
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private String definition() {
    return "{\"types\":[%s],\"filter\":%s,\"destination\":{\"kind\":\"demo\"},\"description\":\"%d\"}"
        .formatted(one(TYPES), one(FILTERS), random.nextInt(1_000))
        .replace("\"filter\":null,", "");
  }

  private boolean isMade(String what, String method, String path, Supplier<String> body)
      throws InterruptedException {
    int node = random.nextInt(clients.size());
    try {
      HttpResponse<String> answer = clients.get(node).send(method, path, body.get());
      boolean isMade = answer.statusCode() == 200 || answer.statusCode() == 201;
      if (isMade) {
        long version = Client.read(answer).path("version").asLong();
        newest.merge(addresses.get(node), version, Math::max);
        made.merge(what, 1, Integer::sum);
      }
      return isMade;
    } catch (IOException e) {
      // The node is down, or went down during the response.
      return false;
    }
  }

  /// Resumes all subscriptions, so that everything can be processed.
  void resumeAll() throws IOException, InterruptedException {
    for (String name : names) {
      clients.getFirst().send("POST", "/subscriptions/" + name + "/resume", "");
    }
  }

  /// Reads all versions of all subscriptions.
  SubscriptionHistory history() throws IOException, InterruptedException {
    List<JsonNode> versions = new ArrayList<>();
    for (String name : names) {
      var answer = clients.getFirst().get("/subscriptions/" + name + "/versions?limit=100");
      if (answer.statusCode() == 200) {
        Client.read(answer).forEach(versions::add);
      }
    }
    return new SubscriptionHistory(versions.stream().map(StoredVersions::read).toList());
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}

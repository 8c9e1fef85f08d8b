package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.RandomJson;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/// Sends random JSON and almost-JSON: the response is never a server error, and what is accepted
/// comes back equal. [RandomJson] generates documents from a number, so that a failing one can be
/// reproduced.
final class AnyJsonTest {

  private static final TestServer SERVER = TestServer.start();

  /// The same seed may occur again.
  private static final AtomicInteger IDS = new AtomicInteger();

  @AfterContainer
  static void stop() {
    SERVER.close();
  }

  @Property(tries = 300)
  void anyDocument_isAcceptedOrRefused(@ForAll long seed) {
    String document = new RandomJson(seed).document();

    assertThat(SERVER.post(document).status()).as(document).isIn(202, 400, 409);
  }

  @Property(tries = 300)
  void brokenDocument_isNeverAnErrorOfOurs(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll byte replacement) {
    byte[] bytes = new RandomJson(seed).document().getBytes(UTF_8);
    int at = place % bytes.length;
    bytes[at] = replacement;
    boolean isCut = place % 3 == 0;

    Answer answer = SERVER.post(isCut ? Arrays.copyOf(bytes, at) : bytes);

    assertThat(answer.status()).isIn(202, 400, 409);
  }

  @Property(tries = 300)
  void acceptedEvent_comesBackEqual(@ForAll long seed) {
    var random = new RandomJson(seed);
    String payload = random.value();
    String body =
        "{\"event_id\":" + random.id(IDS.incrementAndGet()) + ",\"payload\":" + payload + "}";

    Answer answer = SERVER.post(body).hasStatus(202);

    JsonNode found = SERVER.get(answer.header("Location")).hasStatus(200).json();
    assertThat(found.path("event_id")).isEqualTo(Answer.read(body).path("event_id"));
    assertThat(SERVER.get(answer.header("Location")).body()).contains("\"payload\":" + payload);
  }
}

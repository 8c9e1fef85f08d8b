package dev.sluice.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangeCodecTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final String[] PIECES = {
    "", "\\", "\t", "\n", "\\e", "e", "t", "\r", "ä", "😀", "x"
  };

  private static final List<EventStatus> STATUSES = List.of(EventStatus.values());

  private static Change change(String id, String key, String worker, String message) {
    return new Change(
        TIME,
        new EventId(id),
        new EventType("order.paid"),
        key,
        "default",
        EventStatus.COMPLETED,
        1,
        worker,
        "",
        "",
        message);
  }

  @Test
  void nothing_isAText() {
    assertThat(ChangeCodec.decode(ChangeCodec.encode(List.of()))).isEmpty();
  }

  @Test
  void fieldThatBecomesEmpty_isNotTakenForTheOneBefore() {
    var changes =
        List.of(
            change("e-1", "k", "w", "m"), change("e-2", "", "", ""), change("e-2", "k", "", "m"));

    assertThat(ChangeCodec.decode(ChangeCodec.encode(changes))).isEqualTo(changes);
  }

  @Test
  void anyTexts_comeBackAsTheyWere() {
    var random = new SplittableRandom(1);
    var changes = new ArrayList<Change>();
    for (int number = 0; number < 1_000; number++) {
      changes.add(
          new Change(
              TIME.plus(Duration.ofNanos(random.nextLong(1L << 50) * 1_000)),
              new EventId("e" + random.nextInt(3)),
              new EventType("t\\" + random.nextInt(2)),
              text(random),
              text(random),
              STATUSES.get(random.nextInt(STATUSES.size())),
              random.nextInt(3),
              text(random),
              text(random),
              text(random),
              text(random)));
    }

    assertThat(ChangeCodec.decode(ChangeCodec.encode(changes))).isEqualTo(changes);
  }

  private static String text(SplittableRandom random) {
    var text = new StringBuilder();
    for (int piece = random.nextInt(5); piece > 0; piece--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  void whatNeighboursShare_isWrittenOnce() {
    String worker = "host-12345-abcd";
    List<Change> changes =
        IntStream.range(0, 1_000)
            .mapToObj(number -> change("e-" + number, "", worker, ""))
            .toList();

    String text = ChangeCodec.encode(changes);

    assertThat(text).containsOnlyOnce(worker).containsOnlyOnce("order.paid");
    assertThat(text.length()).isLessThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "2\n",
        "2\na\tb",
        "2\n0\te\tt\t\t\tunknown\t1\t\t\t\t",
        "2\n0\te\tt\t\t\tfailed\tx\t\t\t\t"
      })
  void otherTexts_areRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChangeCodec.decode(text));
  }
}

package dev.sluice.application.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ActivityTest {

  private static final Actor ANN = new Actor("ann", "k1", "operator", "127.0.0.1");

  private final SettableClock clock = new SettableClock();
  private final ActivityLog log = MemoryAdapter.activity();
  private final Activity activity = new Activity(log, Duration.ofDays(1), clock);

  private void record(String... targets) {
    for (String target : targets) {
      activity.record(ANN, operation(target));
    }
  }

  private static Operation operation(String target) {
    return new Operation("event.replay", target, "", "202", "r-1");
  }

  /// A log of three entries, the second of which was tampered with.
  private static Activity tampered(UnaryOperator<ActivityEntry> change) {
    ActivityLog log = MemoryAdapter.activity();
    var clock = new SettableClock();
    for (String target : new String[] {"a", "b", "c"}) {
      log.append(
          last -> {
            ActivityEntry entry = HashChain.next(last, clock.instant(), ANN, operation(target));
            return target.equals("b") ? change.apply(entry) : entry;
          });
    }
    return new Activity(log, Duration.ofDays(1), clock);
  }

  @Test
  void untouchedChain_isIntact() {
    record("a", "b", "c");

    assertThat(activity.verify()).isEqualTo(new Activity.Check(true, 3, 1, 3, 0));
  }

  @Test
  void emptyChain_isIntact() {
    assertThat(activity.verify()).isEqualTo(new Activity.Check(true, 0, 1, 0, 0));
  }

  @Test
  void changedEntry_isFound() {
    Activity changed =
        tampered(
            entry ->
                new ActivityEntry(
                    entry.number(),
                    entry.at(),
                    new Actor("bob", "k1", "operator", "127.0.0.1"),
                    entry.operation(),
                    entry.previousHash(),
                    entry.hash()));

    assertThat(changed.verify()).isEqualTo(new Activity.Check(false, 2, 1, 3, 2));
  }

  @Test
  void entryInTheWrongPlace_isFound() {
    Activity changed =
        tampered(
            entry -> HashChain.next(new Link(1, "another"), entry.at(), ANN, entry.operation()));

    assertThat(changed.verify().isIntact()).isFalse();
    assertThat(changed.verify().brokenAt()).isEqualTo(2);
  }

  @Test
  void missingEntry_isFound() {
    Activity changed =
        tampered(
            entry -> HashChain.next(new Link(2, entry.hash()), entry.at(), ANN, entry.operation()));

    assertThat(changed.verify().isIntact()).isFalse();
    assertThat(changed.verify().brokenAt()).isEqualTo(2);
  }

  @Test
  void forgottenEntries_leaveAnIntactChain() {
    record("a", "b");
    clock.advance(Duration.ofDays(2));
    record("c");

    activity.purgeWhenDue();

    assertThat(activity.newest(Cursor.START, 10).items())
        .extracting(entry -> entry.operation().target())
        .containsExactly("c");
    assertThat(activity.verify()).isEqualTo(new Activity.Check(true, 1, 3, 3, 0));
  }

  @Test
  void longTexts_areCutAndNulIsReplaced() {
    ActivityEntry entry = activity.record(ANN, operation("\0" + "x".repeat(5_000)));

    assertThat(entry.operation().target()).hasSize(2_000).startsWith("\uFFFDx");
    assertThat(activity.verify().isIntact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD83D\uDE00", "x\uD83D\uDE00", "\uD83D", "\uDE00x", "\uDE00\uD83D", "\0"})
  void anyText_isRecordedAsEveryStorageKeepsIt(String end) {
    Actor actor = new Actor(end, end, end, end);
    String text = "x".repeat(1_998) + end;

    ActivityEntry entry = activity.record(actor, new Operation(text, text, text, text, text));

    assertThat(encoded(entry.actor().toString() + entry.operation())).doesNotContain("?", "\0");
    assertThat(entry.operation().target().length()).isBetween(1_999, 2_000);
  }

  /// As databases store it: UTF-8 replaces what it cannot encode by a question mark.
  private static String encoded(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Test
  void announcementAlone_isShown() {
    activity.announce(ANN, "event.replay", "e-1", "r-1");

    assertThat(activity.newest(Cursor.START, 10).items())
        .singleElement()
        .extracting(entry -> entry.operation().result())
        .isEqualTo("begun");
  }

  @Test
  void announcementThatIsClosed_isNotShown() {
    activity.announce(ANN, "event.replay", "e-1", "r-1");
    activity.announce(ANN, "event.replay", "e-2", "r-2");
    activity.record(ANN, new Operation("event.replay", "e-2", "", "202", "r-2"));
    activity.record(ANN, new Operation("event.replay", "e-1", "", "202", "r-1"));

    assertThat(activity.newest(Cursor.START, 10).items())
        .extracting(entry -> entry.operation().target() + " " + entry.operation().result())
        .containsExactly("e-1 202", "e-2 202");
    assertThat(activity.verify().entries()).isEqualTo(4);
  }

  @Test
  void lostRequest_isNotClosedByALaterOneWithItsId() {
    activity.announce(ANN, "event.replay", "lost", "r-1");
    activity.announce(ANN, "event.replay", "e-1", "r-1");
    activity.record(ANN, new Operation("event.replay", "e-1", "", "202", "r-1"));

    assertThat(activity.newest(Cursor.START, 10).items())
        .extracting(entry -> entry.operation().target())
        .containsExactly("e-1", "lost");
  }

  @Test
  void pages_areFullAndMeetEachEntryOnce() {
    for (int number = 1; number <= 7; number++) {
      activity.announce(ANN, "event.replay", "e-" + number, "r-" + number);
      activity.record(ANN, new Operation("event.replay", "e-" + number, "", "202", "r-" + number));
    }

    Page<ActivityEntry> first = activity.newest(Cursor.START, 4);
    Page<ActivityEntry> second = activity.newest(first.next(), 4);

    assertThat(first.items())
        .extracting(entry -> entry.operation().target())
        .containsExactly("e-7", "e-6", "e-5", "e-4");
    assertThat(second.items())
        .extracting(entry -> entry.operation().target())
        .containsExactly("e-3", "e-2", "e-1");
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  void entryWithOtherParts_hasAnotherHash() {
    String hash = hashOf(new Operation("a", "bc", "", "", ""));

    assertThat(hashOf(new Operation("ab", "c", "", "", ""))).isNotEqualTo(hash);
    assertThat(hashOf(new Operation("a", "bc", "", "", ""))).isEqualTo(hash);
  }

  private String hashOf(Operation operation) {
    return HashChain.next(Link.NONE, clock.instant(), ANN, operation).hash();
  }
}

package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Each seeded violation is found, and counted as what it is.
final class OrderVerdictTest {

  private static OrderVerdict of(String... lines) {
    return OrderVerdict.of(List.of(lines));
  }

  @Test
  void retriesAndOtherKeys_areInOrder() {
    OrderVerdict verdict =
        of(
            "begin a-0 1 all",
            "begin b-0 1 all",
            "end a-0 1 all",
            "begin a-0 2 all",
            "end b-0 1 all",
            "begin b-1 1 all",
            "end a-0 2 all",
            "begin a-1 1 all");

    assertThat(verdict).isEqualTo(new OrderVerdict(4, 5, 0, 0, 0, 0));
    assertThat(verdict.isClean()).isTrue();
  }

  @Test
  void attemptOfAnEarlierEvent_isAnInversion() {
    assertThat(
            of(
                    "begin a-0 1 all",
                    "end a-0 1 all",
                    "begin a-1 1 all",
                    "end a-1 1 all",
                    "begin a-0 2 all")
                .inversions())
        .isEqualTo(1);
  }

  @Test
  void attemptWhoseSuccessorHadBegun_isOutlived() {
    OrderVerdict verdict =
        of(
            "begin a-0 2 all",
            "end a-0 2 all",
            "begin a-1 1 all",
            "begin a-0 1 all",
            "end a-0 1 all",
            "end a-1 1 all");

    assertThat(verdict).isEqualTo(new OrderVerdict(2, 3, 1, 0, 0, 0));
    assertThat(verdict.isClean()).isTrue();
  }

  @Test
  void eventThatIsPassedOver_isAGap() {
    assertThat(of("begin a-0 1 all", "end a-0 1 all", "begin a-2 1 all").gaps()).isEqualTo(1);
  }

  @Test
  void firstEventThatIsPassedOver_isAGap() {
    assertThat(of("begin a-1 1 all").gaps()).isEqualTo(1);
  }

  @Test
  void attemptBesideTheOneBefore_isAnOverlap() {
    assertThat(of("begin a-0 1 all", "begin a-1 1 all", "end a-0 1 all").overlaps()).isEqualTo(1);
  }

  @Test
  void attemptThatAKillCutShort_isNoEnd() {
    assertThat(of("begin a-0 1 all", "begin a-0 2 all", "begin a-1 1 all").overlaps()).isEqualTo(1);
  }
}

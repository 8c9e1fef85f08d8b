package dev.sluice.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class PostingsTest {

  @Test
  void below_findsTheLargestSmallerNumber() {
    var postings = new Postings();
    postings.add(3);
    postings.add(7);

    assertThat(postings.below(8)).isEqualTo(7);
    assertThat(postings.below(7)).isEqualTo(3);
    assertThat(postings.below(3)).isZero();
  }

  @Test
  void forgottenNumbers_areDroppedWithoutLosingOthers() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    var postings = new Postings();
    Set<Long> live = new HashSet<>();
    for (long number = 1; number <= 1_000; number++) {
      postings.add(number);
      live.add(number);
    }

    while (live.size() > 10) {
      live.remove(1 + random.nextLong(1_000));
      if (live.size() < postings.live()) {
        postings.forgetOne(live::contains);
      }
    }

    long found = Long.MAX_VALUE;
    Set<Long> seen = new HashSet<>();
    for (found = postings.below(found); found > 0; found = postings.below(found)) {
      if (live.contains(found)) {
        seen.add(found);
      }
    }
    assertThat(seen).isEqualTo(live);
    assertThat(postings.live()).isEqualTo(10);
  }
}

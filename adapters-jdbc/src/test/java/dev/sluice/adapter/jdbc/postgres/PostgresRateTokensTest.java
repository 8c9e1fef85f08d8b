package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.RateTokensContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.claim.RateTokens.Draw;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresRateTokensTest implements RateTokensContract {

  private final List<PostgresAdapter> adapters = new ArrayList<>();

  @Override
  public RateTokens newTokens(SettableClock clock) {
    return opened(TestDatabase.empty(clock)).rateTokens();
  }

  private PostgresAdapter opened(PostgresAdapter adapter) {
    adapters.add(adapter);
    return adapter;
  }

  @AfterEach
  void close() {
    adapters.forEach(PostgresAdapter::close);
  }

  private static int drawn(RateTokens tokens, int wanted) {
    return tokens.draw(List.of(new Draw(MAIL, TEN, wanted))).getFirst().tokens();
  }

  @Test
  void nodes_shareBuckets() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    RateTokens other = opened(TestDatabase.open(clock)).rateTokens();

    assertThat(drawn(tokens, 6)).isEqualTo(6);
    assertThat(drawn(other, 6)).isEqualTo(4);
  }

  /// The clock of a statement that waited for another's lock is a little behind.
  @Test
  void timeThatIsALittleBehind_isNotCountedTwice() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);
    clock.advance(Duration.ofMillis(500));
    drawn(tokens, 10);

    clock.step(Duration.ofMillis(-500));
    drawn(tokens, 10);
    clock.step(Duration.ofMillis(500));

    assertThat(drawn(tokens, 10)).isZero();
  }

  @Test
  void fullBuckets_haveNoRows() throws SQLException {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    clock.advance(Duration.ofSeconds(30));
    ((PostgresRateTokens) tokens).deleteFull();
    assertThat(rows()).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1));
    ((PostgresRateTokens) tokens).deleteFull();
    assertThat(rows()).isZero();
    assertThat(drawn(tokens, 20)).isEqualTo(10);
  }

  private static long rows() throws SQLException {
    return TestDatabase.number("select count(*) from rate_bucket");
  }
}

package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.ChangeFeedContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresChangeFeedTest implements ChangeFeedContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public ChangeFeed newFeed(SettableClock clock) {
    adapter = TestDatabase.empty(clock);
    return adapter.changes();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }

  @Test
  void batchOfAnotherVersion_isCountedAndPassed() {
    ChangeFeed feed = newFeed(new SettableClock());
    TestDatabase.execute(
        "insert into change_feed (published_at, node, missed, changes) values (9000000000000000000, 'a', 4, '99')");
    feed.publish(new ChangeBatch(A, 0, List.of()));

    assertThat(feed.readAfter(0, B, 10).batches())
        .containsExactly(new ChangeBatch(A, 5, List.of()), new ChangeBatch(A, 0, List.of()));
  }

  @Test
  void oldRows_areRemoved() throws SQLException {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    for (int number = 0; number < 5; number++) {
      feed.publish(new ChangeBatch(A, number, List.of()));
    }
    clock.advance(ChangeFeed.MEMORY);

    feed.publish(new ChangeBatch(new WorkerId("c"), 0, List.of()));

    assertThat(TestDatabase.number("select count(*) from change_feed")).isEqualTo(1);
  }
}

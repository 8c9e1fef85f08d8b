package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisBulkJobsTest {

  private static final String JOBS = "sluice:bulk";

  private final BrokerUrls urls;

  RedisBulkJobsTest(BrokerUrls urls) {
    this.urls = urls;
  }

  /// Each process iterates over sets in its own order.
  @ParameterizedTest
  @CsvSource({"RECEIVED, RETRYING", "RETRYING, RECEIVED"})
  void planOfAnotherNode_isStartedWhateverTheOrderOfItsFilter(String first, String second) {
    try (TestBroker context = TestBroker.empty(urls, new SettableClock());
        Redis redis = context.redis()) {
      BulkJobs jobs = context.adapter().storage().bulk();
      jobs.plan(plan(jobs));
      String text = redis.ask(client -> client.hget(JOBS, "job-1"));
      String other =
          text.replaceAll("status=R[A-Z]+", "status=" + second)
              .replaceFirst("status=R[A-Z]+", "status=" + first);
      redis.ask(client -> client.hset(JOBS, "job-1", other));

      assertThat(jobs.start("job-1", "bob", 0)).isTrue();
    }
  }

  private static BulkPlan plan(BulkJobs jobs) {
    var statuses = Set.of(EventStatus.RECEIVED, EventStatus.RETRYING);
    return new BulkPlan(
        "job-1",
        "token-1",
        BulkAction.CANCEL,
        EventFilter.ALL.withStatuses(statuses),
        Optional.empty(),
        new Cursor(10),
        new Cursor(1),
        0,
        jobs.now(),
        "ann");
  }
}

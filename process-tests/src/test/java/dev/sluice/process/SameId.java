package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Sends one event from many clients to two nodes at the same time.
final class SameId {

  private static final int ROUNDS = 20;
  private static final int CLIENTS = 64;

  private SameId() {}

  /// One client gets 202 for the event, all others 409.
  static void assertStoredOnce(Program one, Program other) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String event = "{\"event_id\":\"same-" + round + "\",\"payload\":{\"n\":1}}";
      List<Integer> answers = new ArrayList<>();
      try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<Integer>> posts =
            IntStream.range(0, CLIENTS)
                .mapToObj(client -> post(client % 2 == 0 ? one : other, event))
                .toList();
        for (Future<Integer> answer : clients.invokeAll(posts)) {
          answers.add(answer.get());
        }
      }
      assertThat(answers).filteredOn(answer -> answer == 202).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer == 409).hasSize(CLIENTS - 1);
    }
  }

  private static Callable<Integer> post(Program program, String event) {
    return () -> {
      try (var producer = new KeepAliveProducer(program.address())) {
        return producer.post(event).status();
      }
    };
  }
}

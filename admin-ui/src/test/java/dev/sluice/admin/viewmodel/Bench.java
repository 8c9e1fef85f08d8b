package dev.sluice.admin.viewmodel;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.ManualTimer;
import dev.sluice.admin.testing.MemoryStore;
import dev.sluice.admin.testing.TestLanes;
import java.time.Duration;
import java.util.Optional;

/// A console without a user interface, with a fake service.
final class Bench implements AutoCloseable {

  final FakeService service;
  final TestLanes lanes = new TestLanes();
  final MemoryStore store = new MemoryStore();
  final Console console = new Console(lanes.lanes(), store);

  Bench() {
    this(FakeService.lively());
  }

  Bench(FakeService service) {
    this.service = service;
  }

  /// Creates a console that is connected to a service with sample data.
  static Bench connected() {
    var bench = new Bench();
    bench.connect();
    return bench;
  }

  Bench connect() {
    console.connect(Optional.of(service.address()));
    return this;
  }

  /// Connects with a profile.
  Bench connect(Profile.Colour colour, boolean readOnly, String key) {
    var profile = new Profile("p", service.address(), readOnly, colour, java.util.List.of());
    console.settings().save("", profile, Optional.of(key));
    console.use(profile);
    return this;
  }

  SessionModels models() {
    return console.models().get().orElseThrow();
  }

  Session session() {
    return models().session();
  }

  ManualTimer timer() {
    return lanes.timer();
  }

  void seconds(int count) {
    lanes.timer().advance(Duration.ofSeconds(count));
  }

  @Override
  public void close() {
    console.close();
    service.close();
  }
}

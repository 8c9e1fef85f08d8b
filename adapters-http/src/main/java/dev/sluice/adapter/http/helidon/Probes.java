package dev.sluice.adapter.http.helidon;

import dev.sluice.application.Application;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.health.checks.DeadlockHealthCheck;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.util.List;

/// Helidon's own probes below `/observe/health`: live, ready and started.
final class Probes {

  private Probes() {}

  static ObserveFeature feature(Application application) {
    HealthObserver health =
        HealthObserver.builder()
            .useSystemServices(false)
            .details(true)
            .addCheck(DeadlockHealthCheck.create())
            .addCheck(check("alive", HealthCheckType.LIVENESS, application::reasonsNotAlive))
            .addCheck(check("ready", HealthCheckType.READINESS, application::reasonsNotReady))
            .addCheck(check("started", HealthCheckType.STARTUP, List::of))
            .build();
    return ObserveFeature.builder().observersDiscoverServices(false).addObserver(health).build();
  }

  private static HealthCheck check(String name, HealthCheckType type, Reasons reasons) {
    return new HealthCheck() {
      @Override
      public HealthCheckType type() {
        return type;
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public HealthCheckResponse call() {
        return response(reasons.get());
      }
    };
  }

  private static HealthCheckResponse response(List<String> reasons) {
    HealthCheckResponse.Builder response = HealthCheckResponse.builder().status(reasons.isEmpty());
    if (!reasons.isEmpty()) {
      response.detail("reasons", String.join(", ", reasons));
    }
    return response.build();
  }

  /// Returns the reasons for DOWN; empty when all is well.
  private interface Reasons {
    List<String> get();
  }
}

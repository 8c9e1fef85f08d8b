package dev.sluice.adapter.http;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpenMetricsTest {

  @Test
  void openMetrics_needNoKeyWhereOthersDo() {
    var open = new HttpSettings.Security(false, true, Optional.empty());
    try (var server = TestServer.start(Setup.USUAL.withSecurity(open))) {
      server.get("/metrics").hasStatus(200);
      server.get("/stats").isProblem(401, "unauthorized");
    }
  }
}
